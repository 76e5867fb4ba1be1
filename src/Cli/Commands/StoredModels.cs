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
        UseAsync(session, parsed, model, null, weights: false, (_, found) => Task.FromResult<ArtifactView[]>([found]), (folders, _) => command(folders[0]));

    /// <summary>A command that reads a whole model, and a patch where one is named.</summary>
    /// <param name="session">Gives the terminal.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">A reference to a model.</param>
    /// <param name="patch">A reference to a patch; null: none.</param>
    /// <param name="parent">The folder in which the files are put meanwhile; null: that of temporary files.</param>
    /// <param name="command">Gets the folders, and gives the exit code.</param>
    public static Task<int> WholeAsync(Session session, ParseResult parsed, string model, string? patch, string? parent, Func<string, string?, Task<int>> command)
    {
        var reference = patch is null ? null : ModelFolder.Reference(patch);
        return UseAsync(session, parsed, model, parent, weights: true, FindAsync, (folders, found) => command(folders[0], patch is null ? null : folders[1]));

        async Task<ArtifactView[]> FindAsync(ServerClient client, ArtifactView found)
        {
            if (reference is null) return [found];
            var other = await new StoredArtifact(client, reference).FindAsync(ArtifactKind.Patch, CancellationToken.None);
            // The command itself compares names, and those of temporary folders mean nothing.
            if (other.Manifest.Attributes.GetValueOrDefault(AttributeNames.Base) is { } of && of != found.Digest)
                session.Terminal.Note($"note: {patch} was made for {of}, and {model} is {found.Digest}: they are compared tensor by tensor.");
            return [found, other];
        }
    }

    /// <summary>A command that reads a model and rewards, with the models that LoRA rewards were tuned on.</summary>
    /// <param name="session">Gives the terminal.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="model">A reference to a model.</param>
    /// <param name="rewards">References to rewards.</param>
    /// <param name="sources">References to models that rewards were tuned on, where it is not what the rewards say.</param>
    /// <param name="parent">The folder in which the files are put meanwhile.</param>
    /// <param name="command">Gets the folders of the model, of the rewards and of the sources, and gives the exit code.</param>
    public static Task<int> WithRewardsAsync(
        Session session, ParseResult parsed, string model, IReadOnlyList<string> rewards, IReadOnlyList<string> sources, string parent, Func<string, IReadOnlyList<string>, IReadOnlyList<string>, Task<int>> command)
    {
        return UseAsync(session, parsed, model, parent, weights: true, FindAsync, (folders, _) => command(folders[0], folders[1..(1 + rewards.Count)], folders[(1 + rewards.Count)..]));

        async Task<ArtifactView[]> FindAsync(ServerClient client, ArtifactView found)
        {
            var stored = new StoredRewards(client, CancellationToken.None);
            var uses = await stored.FindAsync(rewards, sources);
            var needed = uses.Select(use => use.Source).OfType<ArtifactView>().DistinctBy(source => source.Digest).Where(source => source.Digest != found.Digest);
            return [found, .. uses.Select(use => use.Reward), .. needed];
        }
    }

    private static async Task<int> UseAsync(
        Session session, ParseResult parsed, string model, string? parent, bool weights, Func<ServerClient, ArtifactView, Task<ArtifactView[]>> find, Func<string[], ArtifactView[], Task<int>> command)
    {
        var reference = ModelFolder.Reference(model);
        var folders = new List<StoredFolder>();
        try
        {
            ArtifactView[] found;
            using (var interruption = new Interruption())
            {
                await using var server = await ServerLeases.TakeWithoutWorkerAsync(session, parsed, interruption, model);
                found = await find(server.Client, await new StoredArtifact(server.Client, reference).FindAsync(ArtifactKind.Model, interruption.Token));
                if (weights) Say(session, parent, found.Sum(artifact => artifact.Bytes));
                foreach (var artifact in found) folders.Add(await StoredFolder.TakeAsync(session, server.Client, artifact, parent, weights, interruption.Token));
            }
            return await command([.. folders.Select(folder => folder.Location)], found);
        }
        finally
        {
            foreach (var folder in folders) folder.Dispose();
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
