using Ptune.Contracts.Studies;

namespace Ptune.Contracts.Sweeps;

/// <summary>A rung of a sweep with early stopping, from the second on.</summary>
/// <param name="Most">How many trials can be promoted to it.</param>
/// <param name="Chain">The jobs of one trial there: the one that is likely to cost most.</param>
public sealed record LaterRung(int Most, PlannedJob[] Chain);
