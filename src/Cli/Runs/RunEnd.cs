using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>How a run ended, as an exit code.</summary>
internal static class RunEnd
{
    public static int ExitCodeOf(JobStatus status, bool interrupted) => status switch
    {
        JobStatus.Succeeded => ExitCode.Done,
        _ when interrupted => ExitCode.Interrupted,
        _ => ExitCode.JobFailed,
    };
}
