using System.Text.RegularExpressions;

namespace Ptune.Fixtures.Processes;

public static partial class Addresses
{
    /// <summary>The server's base address in a line of its output.</summary>
    public static string In(string line) => Address().Match(line).Value;

    [GeneratedRegex(@"https?://127\.0\.0\.1:\d+")]
    private static partial Regex Address();
}
