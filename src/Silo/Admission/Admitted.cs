using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>A spec that may run, or all that is wrong with it.</summary>
/// <param name="Spec">With its defaults; a job's inputs are digests or jobs. Null when the text is no spec.</param>
/// <param name="Written">The same with the aliases that were written. What an alias stands for may change between two requests, what was asked for does not.</param>
/// <param name="Resolved">Alias to digest.</param>
internal sealed record Admitted(Spec? Spec, Spec? Written, IReadOnlyDictionary<string, string> Resolved, SpecPositions Positions, IReadOnlyList<SpecProblem> Problems);
