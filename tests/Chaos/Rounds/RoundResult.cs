using Ptune.Chaos.Tests.Faults;

namespace Ptune.Chaos.Tests.Rounds;

/// <summary>What one round came to.</summary>
/// <param name="Lost">Jobs that did not succeed.</param>
/// <param name="Doubled">Jobs that were finished more than once.</param>
/// <param name="Unequal">Trainings whose files differ from those of a run without faults.</param>
/// <param name="Unaudited">Submits that are not one row of the audit trail each, and chains that are not whole.</param>
/// <param name="Recovery">From the fault until every job that ran has made progress again; null when none ran.</param>
/// <param name="Story">What happened to each job that is counted as bad.</param>
internal sealed record RoundResult(int Seed, Fault Fault, int Jobs, int Lost, int Doubled, int Unequal, int Unaudited, int Moved, TimeSpan? Recovery, TimeSpan Took, string Story)
{
    public bool IsGood => Lost + Doubled + Unequal + Unaudited == 0;

    public override string ToString() =>
        $"round {Seed,4} {Fault,-16} {Jobs} jobs, {Lost} lost, {Doubled} doubled, {Unequal} unequal, {Unaudited} unaudited, {Moved} moved, "
        + $"recovered in {(Recovery is { } r ? $"{r.TotalSeconds:0.0} s" : "-")}, took {Took.TotalSeconds:0.0} s{Story}";
}
