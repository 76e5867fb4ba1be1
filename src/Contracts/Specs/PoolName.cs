using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs;

/// <summary>Names of pools: one form for the jobs that wait in them and the workers that serve them.</summary>
public static partial class PoolName
{
    /// <summary>The form in words.</summary>
    public const string Form = "Use at most 63 lower-case letters, digits and '-', a letter or digit first.";

    public static bool IsValid(string name) => Pattern().IsMatch(name);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex Pattern();
}
