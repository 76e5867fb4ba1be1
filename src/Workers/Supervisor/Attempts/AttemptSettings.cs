namespace Ptune.Supervisor.Attempts;

/// <summary>What all attempts of a worker have in common.</summary>
/// <param name="Patience">How long an executor that was asked to stop may take before it is killed.</param>
/// <param name="HangAfter">How long a run may make no progress before it counts as hung.</param>
/// <param name="CheckpointsKept">How many of a running job's checkpoints are kept.</param>
/// <param name="Secrets">What the names in data sets' addresses stand for.</param>
/// <param name="HubOffline">Executors must not ask the Hugging Face hub.</param>
internal sealed record AttemptSettings(
    string WorkerId, string AttemptsFolder, string DataFolder, TimeSpan LogInterval, TimeSpan Patience, TimeSpan HangAfter, int CheckpointsKept,
    IReadOnlyDictionary<string, string> Secrets, bool HubOffline);
