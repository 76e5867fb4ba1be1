using Ptune.Contracts.Commands;

namespace Ptune.Executor.Commands;

/// <summary>The commands on files. A new one is a record in <c>Ptune.Contracts.Commands</c>, a class here, and a line in this table.</summary>
internal static class CommandTable
{
    public static IReadOnlyDictionary<string, FileCommand> All { get; } = new Dictionary<string, FileCommand>
    {
        [TokenizeRequest.Name] = FileCommand.For<TokenizeRequest>(TokenizeCommand.Run),
        [ModelsCheckRequest.Name] = FileCommand.For<ModelsCheckRequest>(ModelsCheckCommand.Run),
        [GenerateRequest.Name] = FileCommand.For<GenerateRequest>(GenerateCommand.Run),
        [ApplyRequest.Name] = FileCommand.For<ApplyRequest>(ApplyCommand.Run),
    };
}
