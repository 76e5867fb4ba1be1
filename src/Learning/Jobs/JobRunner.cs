using System.Runtime.ExceptionServices;

namespace Ptune.Learning.Jobs;

/// <summary>The single entry point of this library: runs any job of the contracts on this process's device.</summary>
public static class JobRunner
{
    /// <summary>
    /// Runs the job to its end or until it is asked to stop. Blocks: everything happens on one dedicated thread, because dispose
    /// scopes, <c>no_grad</c> and the thread count of libtorch belong to a thread.
    /// </summary>
    /// <exception cref="LearningException">What was given cannot be used; another try would fail the same way.</exception>
    /// <exception cref="DeviceMemoryException">The device has too little memory.</exception>
    /// <exception cref="IOException">The disk is full, or the like.</exception>
    public static JobOutcome Run(JobRun run)
    {
        throw new NotImplementedException();
    }
}
