namespace Ptune.Grains.Jobs;

/// <summary>Who wants a job, and how much.</summary>
/// <param name="Name">See <see cref="Contracts.Jobs.Askers"/>.</param>
/// <param name="Priority">0 to 1000; the job runs at the highest asked.</param>
/// <param name="IsLeaving">It has cancelled and is still to be told when the job has stopped.</param>
[GenerateSerializer, Alias("ptune.JobAsker")]
public sealed record JobAsker(string Name, int Priority, bool IsLeaving);
