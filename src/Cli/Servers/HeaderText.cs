using System.Globalization;

namespace Ptune.Cli.Servers;

/// <summary>What the user gave to be sent as an HTTP header: a token, a tenant, a key.</summary>
internal static class HeaderText
{
    /// <summary>Without the line break at its end, which a secret from a file commonly has. Null where nothing is left.</summary>
    /// <param name="text">The value; it may be a secret, so messages do not repeat it.</param>
    /// <param name="source">The option or variable that it comes from.</param>
    /// <exception cref="CliException">It holds a character that a header cannot carry.</exception>
    public static string? Of(string? text, string source)
    {
        var value = text?.TrimEnd('\r', '\n');
        if (string.IsNullOrEmpty(value)) return null;
        var wrong = value.AsSpan().IndexOfAnyExceptInRange(' ', '~');
        if (wrong < 0 && value.Trim().Length == value.Length) return value;
        if (wrong < 0) wrong = value[0] == ' ' ? 0 : value.Length - 1;
        throw new CliException(
            ExitCode.Usage,
            string.Create(CultureInfo.InvariantCulture, $"{source} cannot be sent: its character {wrong + 1} is U+{(int)value[wrong]:X4}."),
            "Use printable ASCII characters, without spaces at the beginning or the end.");
    }
}
