namespace Ptune.Chaos.Tests.Upgrades;

/// <summary>What one upgrade came to.</summary>
/// <param name="What">What was replaced under the study.</param>
/// <param name="Jobs">Of the study.</param>
/// <param name="Lost">Jobs that did not succeed.</param>
/// <param name="Restarted">Attempts that ended although nobody told their worker to leave.</param>
/// <param name="Moved">Jobs that went on elsewhere from the checkpoint of a worker that was told to leave.</param>
/// <param name="Unequal">Jobs whose files differ from those of a run without an upgrade.</param>
/// <param name="OldStates">Of the states that the old build wrote, how many this one reads as they were and takes further.</param>
/// <param name="Steps">From each change to the next step of the running job.</param>
internal sealed record UpgradeResult(
    string What, int Jobs, int Lost, int Restarted, int Moved, int Unequal, (int Good, int All) OldStates, IReadOnlyList<TimeSpan> Steps, TimeSpan Took, string Story)
{
    public bool IsGood => Lost + Restarted + Unequal == 0 && OldStates.Good == OldStates.All;

    public override string ToString() => FormattableString.Invariant(
        $"| {What} | {Jobs} | {Lost} | {Restarted} | {Moved} | {Unequal} | {OldStates.Good} of {OldStates.All} | {string.Join(", ", Steps.Select(s => FormattableString.Invariant($"{s.TotalSeconds:0.0} s")))} | {Took.TotalSeconds:0} s |");

    public static string Head => """
        | replaced | jobs | lost | restarted | moved | unequal | old states good | next step after | took |
        | --- | --- | --- | --- | --- | --- | --- | --- | --- |
        """;
}
