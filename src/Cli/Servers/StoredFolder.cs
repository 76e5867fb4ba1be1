using System.Text.Json;
using Ptune.Cli.Runs;
using Ptune.Contracts.Artifacts;

namespace Ptune.Cli.Servers;

/// <summary>An artifact's files in a folder of their own for as long as a command needs them.</summary>
internal sealed class StoredFolder : IDisposable
{
    private const string Reference = "reference.json";
    private const string WeightsEnding = ".safetensors";

    private readonly string _own;

    private StoredFolder(string own, string location) => (_own, Location) = (own, location);

    /// <summary>Where the files are.</summary>
    public string Location { get; }

    /// <param name="session">Shows the progress.</param>
    /// <param name="client">The server.</param>
    /// <param name="artifact">A model or a patch.</param>
    /// <param name="parent">The folder in which the files get one of their own; null: that of temporary files.</param>
    /// <param name="weights">Also the weights.</param>
    /// <param name="cancellation">Ends it; nothing is left behind.</param>
    /// <exception cref="CliException">The server cannot be reached, the folder cannot be written, or the model lies in a folder that this machine does not see.</exception>
    public static async Task<StoredFolder> TakeAsync(Session session, ServerClient client, ArtifactView artifact, string? parent, bool weights, CancellationToken cancellation)
    {
        var own = parent is null ? Directory.CreateTempSubdirectory("ptune-").FullName : Path.Combine(parent, $".ptune-{Guid.NewGuid():N}");
        try
        {
            await TransferDisplay.ShowAsync(session.Terminal, progress => new ArtifactDownload(client, own, progress)
                .RunAsync(artifact, file => weights || !file.Path.EndsWith(WeightsEnding, StringComparison.Ordinal), cancellation));
            return new StoredFolder(own, await ReferredAsync(Path.Combine(own, Reference), cancellation) ?? own);
        }
        catch
        {
            Remove(own);
            throw;
        }
    }

    /// <summary>The folder in which a model lies that was imported with --reference; null: the artifact has its files.</summary>
    /// <param name="path">The artifact's file that says so, if it has one.</param>
    public static async Task<string?> ReferredAsync(string path, CancellationToken cancellation)
    {
        if (!File.Exists(path)) return null;
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(path, cancellation));
        var folder = json.RootElement.GetProperty("folder").GetString() ?? "";
        return Directory.Exists(folder)
            ? folder
            : throw new CliException(ExitCode.NotFound, $"The model was imported with --reference, and its files lie in '{folder}', which this machine does not see.", "Run the command on a machine that sees the folder.");
    }

    public void Dispose() => Remove(_own);

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
