using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Servers;

/// <summary>The server read the spec and found problems in it.</summary>
internal sealed class SpecRefusedException(IReadOnlyList<SpecProblem> problems) : Exception("The spec was refused.")
{
    public IReadOnlyList<SpecProblem> Problems { get; } = problems;
}
