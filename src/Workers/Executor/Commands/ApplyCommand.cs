using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;
using Ptune.Learning.Merging;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune apply</c>: 0 where the merged folder stands, 2 where it is refused, 5 where it cannot be written.</summary>
internal static class ApplyCommand
{
    private static readonly JsonSerializerOptions _json = new(SpecJson.Options) { WriteIndented = false };

    public static int Run(ApplyRequest request, CommandStreams streams, CancellationToken stop)
    {
        var result = Merge(request, stop);
        if (request.Json)
        {
            streams.Output.WriteLine(JsonSerializer.Serialize(result, _json));
            return CommandExitCode.Done;
        }

        foreach (string note in result.Notes) streams.Error.WriteLine($"note: {note}");
        string files = result.WeightFiles == 1 ? "one file" : $"{result.WeightFiles} files";
        streams.Output.WriteLine($"Merged: {result.Folder} ({result.Family}, {string.Join(", ", result.Dtypes)}, {result.Bytes:N0} bytes of weights in {files})");
        return CommandExitCode.Done;
    }

    private static FolderMergeResult Merge(ApplyRequest request, CancellationToken stop)
    {
        try
        {
            return FolderMerge.Run(new FolderMergeOptions { Model = request.Model, Patch = request.Patch, Target = request.To, Dtype = request.Dtype }, stop);
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            throw new CommandException(CommandExitCode.NotWritten, e.Message);
        }
    }
}
