namespace Ptune.Silo.Configuration;

/// <summary>One thing that is wrong with the configuration.</summary>
/// <param name="Key">The setting, <c>Http:Urls</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
internal sealed record SettingProblem(string Key, string Message, string Fix)
{
    /// <summary>The variable's name, which is how most people set it.</summary>
    public string Variable => VariableOf(Key);

    public override string ToString() => $"{Variable}: {Message} {Fix}".TrimEnd();

    /// <summary>From a sentence that begins with the setting's key, as other parts write them.</summary>
    public static SettingProblem Parse(string sentence)
    {
        var cut = sentence.IndexOf(' ', StringComparison.Ordinal);
        return new SettingProblem(sentence[..cut], sentence[(cut + 1)..], "");
    }

    public static string VariableOf(string key) => "PTUNE_" + key.Replace(":", "__", StringComparison.Ordinal);
}
