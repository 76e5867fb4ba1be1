using Ptune.Contracts.Commands;

namespace Ptune.Executor.Commands;

/// <summary><c>ptune tokenize</c>.</summary>
internal static class TokenizeCommand
{
    public static int Run(TokenizeRequest request, CommandStreams streams, CancellationToken stop)
    {
        throw new CommandException(CommandExitCode.Usage, $"No tokenizer can be read yet: {request.Model}.");
    }
}
