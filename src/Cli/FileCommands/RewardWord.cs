using System.Globalization;

namespace Ptune.Cli.FileCommands;

/// <summary>A reward as it is named on the command line: REFERENCE or REFERENCE:WEIGHT, where the weight follows the last colon.</summary>
/// <param name="Reference">A folder, or a reference to an artifact.</param>
/// <param name="Weight">What its rewards are multiplied by.</param>
/// <param name="Problem">What is wrong with it; null: nothing.</param>
internal sealed record RewardWord(string Reference, double Weight, string? Problem = null)
{
    private const double Largest = 1000, Usual = 4;

    /// <summary>What is worth a sentence about the weight; null: nothing.</summary>
    public string? Note => Weight is < 0 or > Usual
        ? string.Create(CultureInfo.InvariantCulture, $"{Reference} has the weight {Weight}; {(Weight < 0 ? "a negative one turns the reward around" : $"above {Usual} a reward often drowns the model")}.")
        : null;

    public static RewardWord Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        // A digest has a colon of its own, and so may a folder's name.
        if (colon < 0 || text[..colon] == "sha256" || Directory.Exists(text)) return new RewardWord(text, 1);
        var (reference, weight) = (text[..colon], text[(colon + 1)..]);
        if (!double.TryParse(weight, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || double.IsNaN(value)) return new RewardWord(reference, 1, $"--reward '{text}': the weight '{weight}' is not a number; write for example {reference}:0.8.");
        if (!double.IsFinite(value) || Math.Abs(value) > Largest) return new RewardWord(reference, 1, $"--reward '{text}': the weight must lie between -{Largest} and {Largest}.");
        return new RewardWord(reference, value, value == 0 ? $"--reward '{text}': with a weight of 0 nothing is added." : null);
    }
}
