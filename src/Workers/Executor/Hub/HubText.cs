using Ptune.Cli.Output;

namespace Ptune.Executor.Hub;

/// <summary>Text that came from elsewhere, as it may stand in a message.</summary>
internal static class HubText
{
    private const int Longest = 200;

    /// <summary>One line, without characters that a terminal obeys, and not too long.</summary>
    public static string Shown(string text) => text.Length > Longest ? $"{Printable.Of(text[..Longest])}..." : Printable.Of(text);
}
