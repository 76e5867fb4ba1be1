using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Graphs;

/// <summary>What a job reports to the study or sweep that owns it.</summary>
/// <param name="View">Null when the job is unknown.</param>
/// <param name="IsAnswer">True when it is the answer to the owner's submit.</param>
internal readonly record struct JobReport(string JobId, JobView? View, bool IsAnswer)
{
    /// <summary>
    /// Whether its effect on the state need not be stored: the job is in flight, no effect is due because of it, and after a crash the submit, which is still in the stored
    /// outbox, is answered again.
    /// </summary>
    public bool IsVolatile<TState>(TState before, TState after)
        where TState : class, IGraphState<TState> =>
        View is { Status.IsFinal: false } && before.Status == after.Status && ReferenceEquals(before.Graph.Outbox, after.Graph.Outbox);
}
