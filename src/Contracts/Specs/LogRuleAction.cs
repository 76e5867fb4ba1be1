namespace Ptune.Contracts.Specs;

/// <summary>What a line of a failed attempt's log means for the next one. The numbers are stored.</summary>
public enum LogRuleAction
{
    /// <summary>Another attempt would fail the same way: the job has failed.</summary>
    DoNotRetry = 0,

    /// <summary>The worker is to blame: the job goes on, but on another.</summary>
    NotOnThisWorker = 1,
}
