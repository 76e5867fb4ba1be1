using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A spec's method in the words of the library.</summary>
internal static class LoraMethods
{
    public static LoraSettings Settings(LoraMethod method) => new()
    {
        Targets = new LoraTargets(Targets(method.Targets)),
        Rank = method.Rank,
        Alpha = method.Alpha ?? 2 * method.Rank,
        RankStabilized = method.Rslora ?? false,
        Dropout = method.Dropout ?? 0,
        Ranks = [.. (method.RankPattern ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (ModulePattern.End("method.rankPattern", pair.Key), pair.Value))],
        Alphas = [.. (method.AlphaPattern ?? []).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (ModulePattern.End("method.alphaPattern", pair.Key), pair.Value))],
    };

    /// <summary>The word behind <c>method.kind</c>.</summary>
    public static string Word(TuningMethod method) => method switch
    {
        FullMethod => "full",
        HeadMethod => "head",
        LoraMethod => "lora",
        AdapterMethod => "adapter",
        _ => "softPrompt",
    };

    // Names have letters, digits, dots and underscores only; what has more is a regular expression.
    private static ModulePattern? Targets(string targets)
    {
        if (targets == LoraMethod.AllLinear) return null;
        string[] names = targets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0 && names.All(name => name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '.'))
            ? ModulePattern.Ends(names)
            : ModulePattern.Whole("method.targets", targets);
    }
}
