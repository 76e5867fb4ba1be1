using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Jobs;

/// <summary>
/// Sanitizes what workers send before it is stored: NaN and infinities cannot be written as JSON, and a state that cannot be written is stuck. A correct worker
/// sends nothing of the kind.
/// </summary>
internal static class WorkerInput
{
    /// <summary>Longer texts are cut.</summary>
    public const int LongestText = 8_000;

    private const int LongestName = 1_000;
    private const int LongestLine = 500;
    private const int LongestSignal = 20;

    public static Heartbeat Clean(Heartbeat beat) => beat with
    {
        Progress = Clean(beat.Progress),
        Checkpoint = Clean(beat.Checkpoint),
        Note = beat.Note is { } note ? Cut(note) : null,
    };

    public static AttemptFailure Clean(AttemptFailure failure) => failure with { Message = Cut(failure.Message), Details = Clean(failure.Details) };

    public static AttemptRelease Clean(AttemptRelease release) => release with { Checkpoint = Clean(release.Checkpoint), Why = Cut(release.Why) };

    /// <exception cref="ArgumentException">A metric or a loss is not finite.</exception>
    public static AttemptCompletion Check(AttemptCompletion completion)
    {
        var result = completion.Result;
        foreach (var (name, value) in result.Metrics.Concat(result.Measurements).Append(new("seconds", result.Seconds)))
        {
            if (!double.IsFinite(value)) throw new ArgumentException($"The metric '{name}' is {value}: it must be a finite number.", nameof(completion));
        }
        foreach (var point in result.Curve)
        {
            if (!double.IsFinite(point.Loss)) throw new ArgumentException($"The loss at step {point.Step} is {point.Loss}: it must be a finite number.", nameof(completion));
        }
        return completion;
    }

    private static FailureDetails? Clean(FailureDetails? details) => details is null ? null : details with
    {
        Signal = details.Signal is { Length: <= LongestSignal } signal ? signal : null,
        LastLines = [.. (details.LastLines ?? []).TakeLast(FailureDetails.MostLines).Select(line => line is { Length: > LongestLine } ? line[..LongestLine] + "..." : line ?? "")],
    };

    private static JobProgress? Clean(JobProgress? progress) => progress is null ? null : progress with
    {
        Step = Math.Max(0, progress.Step),
        TotalSteps = Math.Max(0, progress.TotalSteps),
        Loss = progress.Loss is { } loss && double.IsFinite(loss) ? loss : null,
        ExamplesPerSecond = double.IsFinite(progress.ExamplesPerSecond) ? progress.ExamplesPerSecond : 0,
    };

    /// <summary>Null for one that an attempt could not resume from.</summary>
    private static StoredCheckpoint? Clean(StoredCheckpoint? checkpoint) =>
        checkpoint is { Step: >= 0, Epoch: > 0, Bytes: >= 0, Blob.Length: > 0 and <= LongestName, Digest.Length: <= LongestName } ? checkpoint : null;

    private static string Cut(string? text) => text switch
    {
        null => "no reason given",
        { Length: > LongestText } => text[..LongestText] + "...",
        _ => text,
    };
}
