namespace Ptune.Fixtures.Tests;

internal static class Running
{
    /// <summary>The processes, other than this one, that carry the text in their environment.</summary>
    public static string[] With(string text) => [.. Directory.EnumerateDirectories("/proc")
        .Select(folder => Path.GetFileName(folder))
        .Where(name => int.TryParse(name, out var id) && id != Environment.ProcessId && EnvironmentOf(name).Contains(text, StringComparison.Ordinal))];

    private static string EnvironmentOf(string processId)
    {
        try
        {
            return File.ReadAllText($"/proc/{processId}/environ");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked, or is somebody else's.
            return "";
        }
    }
}
