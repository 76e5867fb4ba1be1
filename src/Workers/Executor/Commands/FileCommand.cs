using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Executor.Commands;

/// <summary>One command: reads its request from JSON, does its work, and gives the exit code.</summary>
internal sealed class FileCommand
{
    private readonly Func<string, CommandStreams, CancellationToken, int> _run;

    private FileCommand(Func<string, CommandStreams, CancellationToken, int> run) => _run = run;

    /// <param name="run">The work. It throws <see cref="CommandException"/> for what the user has to mend.</param>
    public static FileCommand For<TRequest>(Func<TRequest, CommandStreams, CancellationToken, int> run) => new((request, streams, stop) =>
        run(JsonSerializer.Deserialize<TRequest>(request, SpecJson.Options) ?? throw new JsonException("The request is null."), streams, stop));

    public int Run(string request, CommandStreams streams, CancellationToken stop) => _run(request, streams, stop);
}
