using System.Globalization;

namespace Ptune.Cli.Servers;

/// <summary>What a started server is told. What is null is left to the server's own default.</summary>
/// <param name="Port">0: any free one.</param>
internal sealed record SiloSettings(string Store, int? Port, int? Executors, int? Threads, string? Auth = null)
{
    public IEnumerable<(string Name, string Value)> Variables()
    {
        yield return ("PTUNE_Storage__Folder", Store);
        if (Port is { } port) yield return ("PTUNE_Http__Urls", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        if (Executors is { } executors) yield return ("PTUNE_Worker__Executors", executors.ToString(CultureInfo.InvariantCulture));
        if (Auth is not null) yield return ("PTUNE_Http__Auth", Auth);
        if (Threads is { } threads) yield return ("PTUNE_Worker__Threads", threads.ToString(CultureInfo.InvariantCulture));
    }
}
