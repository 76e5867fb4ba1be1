namespace Ptune.WebConsole.Frames;

/// <summary>Where a form leads back to: only to a path of this server, so that no link can send a visitor elsewhere.</summary>
internal static class LocalPath
{
    /// <returns>The path, or the first page where it is no path of ours.</returns>
    public static string Of(string? path) => IsLocal(path) ? path! : "/";

    /// <summary>Browsers read '\' as '/', and skip control characters: "/\evil.example" and "/\t/evil.example" would leave the server.</summary>
    private static bool IsLocal(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && !path.Contains('\\') && !path.Any(char.IsControl);
}
