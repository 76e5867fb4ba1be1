using System.Text.Json;
using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;
using Ptune.Executor.Hub;
using Ptune.Learning.Checks;
using Ptune.Learning.Importing;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune models check</c>: 0 where the folder is right, 1 where its outputs differ, 2 where it is refused.</summary>
internal static class ModelsCheckCommand
{
    public static int Run(ModelsCheckRequest request, CommandStreams streams, CancellationToken stop)
    {
        if (!request.Folder.StartsWith(HubReference.Prefix, StringComparison.Ordinal)) return Check(request, ReferencedFolder.Of(request.Folder), streams, stop);
        using var fetched = FetchedRepository.Of(HubReference.Parse(request.Folder), streams, stop);
        return Check(request, fetched.Folder, streams, stop);
    }

    private static int Check(ModelsCheckRequest request, string folder, CommandStreams streams, CancellationToken stop)
    {
        var result = ModelCheck.Run(new ModelCheckOptions
        {
            Folder = folder,
            Expect = request.Expect,
            Adapter = request.Adapter,
            IsOwnBase = request.IsOwnBase,
            WithoutHead = request.WithoutHead,
            Dtype = request.Dtype,
            Tolerance = request.Tolerance,
            Licence = request.Licence,
        });
        stop.ThrowIfCancellationRequested();
        if (request.Json) streams.Output.WriteLine(JsonSerializer.Serialize(result, _json));
        else Print(result, streams.Output);
        return result.IsRight ? CommandExitCode.Done : CommandExitCode.Failed;
    }

    // NaN is a difference, too.
    private static readonly JsonSerializerOptions _json = new(SpecJson.Options)
    {
        WriteIndented = false,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    private static void Print(ModelCheckResult result, TextWriter output)
    {
        output.WriteLine($"family        {result.Family}");
        output.WriteLine($"parameters    {result.Parameters:N0}");
        output.WriteLine($"dtype         {string.Join(", ", result.Dtypes)}");
        output.WriteLine($"context       {(result.Context is { } context ? $"{context:N0} tokens" : "none: it reads no text")}");
        output.WriteLine($"output space  {result.OutputSpace}");
        output.WriteLine($"tokenizer     {(result.Tokenizer is { } entries ? $"{entries:N0} entries" : "none")}");
        output.WriteLine($"template      {(result.Template ? "yes" : "none")}");
        output.WriteLine($"licence       {result.Licence}");
        foreach (string note in result.Notes) output.WriteLine($"note          {note}");
        if (result.Difference is { } difference)
            output.WriteLine($"{(result.IsRight ? "right" : "DIFFERS")}         largest difference {difference:0.00e+0} of the largest expected value; {result.Allowed:0.00e+0} is allowed");
        else
            output.WriteLine("checked       the folder; no outputs were compared (--expect FILE)");
    }
}
