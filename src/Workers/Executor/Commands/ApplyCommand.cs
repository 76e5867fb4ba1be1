using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;
using Ptune.Learning.Merging;
using Ptune.Learning.Porting;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune apply</c>: 0 where the folder stands, 2 where something is refused, 5 where it cannot be written.</summary>
internal static class ApplyCommand
{
    private static readonly JsonSerializerOptions _json = new(SpecJson.Options) { WriteIndented = false };

    public static int Run(ApplyRequest request, CommandStreams streams, CancellationToken stop)
    {
        try
        {
            if (request.Patch is { } patch) Merge(request, patch, streams, stop);
            else Port(request, streams, stop);
            return CommandExitCode.Done;
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new CommandException(CommandExitCode.NotWritten, e.Message);
        }
    }

    private static void Merge(ApplyRequest request, string patch, CommandStreams streams, CancellationToken stop)
    {
        var result = FolderMerge.Run(new FolderMergeOptions { Model = request.Model, Patch = patch, Target = request.To, Dtype = request.Dtype, IsOwnBase = request.IsOwnBase }, stop);
        string files = result.WeightFiles == 1 ? "one file" : $"{result.WeightFiles} files";
        Say(request, streams, result, result.Notes, $"Merged: {result.Folder} ({result.Family}, {string.Join(", ", result.Dtypes)}, {result.Bytes:N0} bytes of weights in {files})");
    }

    private static void Port(ApplyRequest request, CommandStreams streams, CancellationToken stop)
    {
        var options = new FolderPortOptions
        {
            Model = request.Model,
            Carried = RewardFolders.Find(request.Model, [.. request.Rewards.Select(reward => new RewardFolder(reward.Folder, reward.Weight))], request.RewardSources, stop),
            Names = request.ModelName is { } name ? [name, .. request.Rewards.Select(reward => reward.Name)] : null,
            Target = request.To,
            MayLink = request.MayLink,
        };
        var result = FolderPort.Run(request.Dtype is { } dtype ? options with { Dtype = dtype } : options, stop);
        Say(request, streams, result, result.Notes, $"Side by side: {result.Folder} ({result.Family} with {(result.Rewards == 1 ? "one reward" : $"{result.Rewards} rewards")}, {result.Bytes:N0} bytes). generate.py in it runs them in transformers.");
    }

    private static void Say<T>(ApplyRequest request, CommandStreams streams, T result, IReadOnlyList<string> notes, string line)
    {
        if (!request.Json)
            foreach (string note in notes) streams.Error.WriteLine($"note: {note}");
        streams.Output.WriteLine(request.Json ? JsonSerializer.Serialize(result, _json) : line);
    }
}
