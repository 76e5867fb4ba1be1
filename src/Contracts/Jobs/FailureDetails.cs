namespace Ptune.Contracts.Jobs;

/// <summary>How an attempt ended without a result, for programs; a job's message says it in words.</summary>
/// <param name="Epoch">The attempt.</param>
/// <param name="ExitCode">The executor's exit code, 128 and the number for a signal; null where the executor did not end by itself.</param>
/// <param name="Signal">The signal's name, as SIGSEGV; null where it was none.</param>
/// <param name="LastLines">The last lines of the attempt's log, oldest first, 20 at most.</param>
[GenerateSerializer, Alias("ptune.FailureDetails")]
public sealed record FailureDetails(long Epoch, int? ExitCode, string? Signal, string[] LastLines)
{
    /// <summary>More lines are not kept with the job: its log has them.</summary>
    public const int MostLines = 20;
}
