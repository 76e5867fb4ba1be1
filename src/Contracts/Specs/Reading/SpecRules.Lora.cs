using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs.Reading;

/// <content>Low-rank deltas: which layers they hang on, and with what rank and alpha.</content>
internal sealed partial class SpecRules
{
    // The engine that workers match names with: it takes linear time whatever a pattern says.
    private const RegexOptions Engine = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private const int LargestRank = 65536;
    private const double LargestAlpha = 1e6;

    /// <param name="method">How something is tuned; null, or another method: nothing is checked.</param>
    /// <param name="path">Where it stands.</param>
    private void Lora(TuningMethod? method, string path)
    {
        if (method is not LoraMethod lora) return;
        Require(!string.IsNullOrWhiteSpace(lora.Targets), $"{path}.targets", "No layer has an empty name.", $"Write '{LoraMethod.AllLinear}', or names of layers such as 'q_proj, v_proj'.");
        if (!IsOfNames(lora.Targets)) Pattern(lora.Targets, $"{path}.targets");
        foreach (var (layers, rank) in lora.RankPattern ?? [])
        {
            Pattern(layers, $"{path}.rankPattern.{layers}");
            Require(rank is >= 1 and <= LargestRank, $"{path}.rankPattern.{layers}", $"The rank of {Shown.Name(layers)} is {rank}; it has to be at least 1 and at most {LargestRank}.", "Give it such a rank, or leave these layers out of 'targets'.");
        }
        foreach (var (layers, alpha) in lora.AlphaPattern ?? [])
        {
            Pattern(layers, $"{path}.alphaPattern.{layers}");
            Require(alpha is > 0 and <= LargestAlpha, $"{path}.alphaPattern.{layers}", $"The alpha of {Shown.Name(layers)} is {alpha}; it has to be above 0 and at most {LargestAlpha}.", "Give it such an alpha, or leave these layers out of 'targets'.");
        }
    }

    /// <summary>What a study's method says of low-rank deltas.</summary>
    private void Deltas(StudyMethod method, string path)
    {
        switch (method)
        {
            case LoraStudyMethod lora:
                Lora(new LoraMethod { Targets = lora.Targets, RankPattern = lora.RankPattern, AlphaPattern = lora.AlphaPattern }, path);
                break;
            case PatchedStudyMethod patched:
                Lora(patched.Lora, $"{path}.lora");
                break;
            case RandomPatchStudyMethod random:
                Lora(random.Lora, $"{path}.lora");
                break;
            case RewardStudyMethod reward:
                Lora(reward.Lora, $"{path}.lora");
                break;
            case RetrainedStudyMethod retrained:
                Lora(retrained.Method, $"{path}.method");
                break;
        }
    }

    // Names have letters, digits, dots and underscores only; what has more is a regular expression.
    private static bool IsOfNames(string targets) => targets == LoraMethod.AllLinear || targets.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.' or ',' || char.IsWhiteSpace(letter));

    private void Pattern(string pattern, string path)
    {
        Require(pattern.Length > 0, path, "No layer has an empty name.", "Write the end of a layer's name, or a regular expression of it.");
        try
        {
            _ = new Regex(pattern, Engine);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            Report(path, $"{Shown.Name(pattern)} is no regular expression that can be used here: {Shown.Sentence(error.Message)}", "Write the end of a layer's name such as 'q_proj', or a regular expression without look-around and back-references.");
        }
    }
}
