using System.CommandLine;
using Ptune.Cli.FileCommands;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Commands;

/// <summary>Commands on folders that are given models of the store: the files are fetched, the command runs on them, and they are removed.</summary>
internal static class StoredModels
{
    /// <summary>A command that reads everything but the weights.</summary>
    public static Task<int> WithoutWeightsAsync(Session session, ParseResult parsed, string model, Func<string, Task<int>> command) =>
        UseAsync(session, parsed, model, null, null, weights: false, (folder, _) => command(folder));

    /// <summary>A command that reads a whole model, and a patch where one is named.</summary>
    /// <param name="session">Gives the terminal.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">A reference to a model.</param>
    /// <param name="patch">A reference to a patch; null: none.</param>
    /// <param name="parent">The folder in which the files are put meanwhile; null: that of temporary files.</param>
    /// <param name="command">Gets the folders, and gives the exit code.</param>
    public static Task<int> WholeAsync(Session session, ParseResult parsed, string model, string? patch, string? parent, Func<string, string?, Task<int>> command) =>
        UseAsync(session, parsed, model, patch, parent, weights: true, command);

    private static async Task<int> UseAsync(Session session, ParseResult parsed, string model, string? patch, string? parent, bool weights, Func<string, string?, Task<int>> command)
    {
        var (modelReference, patchReference) = (ModelFolder.Reference(model), patch is null ? null : ModelFolder.Reference(patch));
        StoredFolder? modelFolder = null, patchFolder = null;
        try
        {
            using (var interruption = new Interruption())
            {
                await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption, model);
                var found = await new StoredArtifact(server.Client, modelReference).FindAsync(ArtifactKind.Model, interruption.Token);
                var patchFound = patchReference is null ? null : await new StoredArtifact(server.Client, patchReference).FindAsync(ArtifactKind.Patch, interruption.Token);
                if (weights) Say(session, parent, found.Bytes + (patchFound?.Bytes ?? 0));
                modelFolder = await StoredFolder.TakeAsync(session, server.Client, found, parent, weights, interruption.Token);
                if (patchFound is not null) patchFolder = await StoredFolder.TakeAsync(session, server.Client, patchFound, parent, weights, interruption.Token);
            }
            return await command(modelFolder.Location, patchFolder?.Location);
        }
        finally
        {
            modelFolder?.Dispose();
            patchFolder?.Dispose();
        }
    }

    /// <exception cref="CliException">There is not enough space.</exception>
    private static void Say(Session session, string? parent, long bytes)
    {
        var folder = parent ?? Path.GetTempPath();
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < bytes) throw new CliException(ExitCode.NotWritten, $"The files from the store take {Words.Bytes(bytes)}, and '{folder}' has {Words.Bytes(free)} free.", "Make room, or name a folder on another disk.");
        session.Terminal.Note($"Fetching {Words.Bytes(bytes)} from the store into '{folder}'; it is removed at the end.");
    }
}
