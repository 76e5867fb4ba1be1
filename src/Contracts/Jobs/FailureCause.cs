namespace Ptune.Contracts.Jobs;

/// <summary>Why an attempt or a job failed; it decides whether another attempt makes sense. The numbers are stored.</summary>
public enum FailureCause
{
    /// <summary>The worker, its machine or the network: tried again.</summary>
    Infrastructure = 0,

    /// <summary>The executor process died by itself: tried again, within the job's attempts.</summary>
    Crash = 1,

    /// <summary>Memory ran out: tried again, within the job's attempts.</summary>
    OutOfMemory = 2,

    /// <summary>The spec, data or an input is wrong: never tried again.</summary>
    Invalid = 3,

    /// <summary>An input's job failed: never tried again.</summary>
    Dependency = 4,
}
