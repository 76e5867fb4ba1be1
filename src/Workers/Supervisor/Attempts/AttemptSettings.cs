namespace Ptune.Supervisor.Attempts;

/// <summary>What all attempts of a worker have in common.</summary>
/// <param name="Patience">How long an executor that was asked to stop may take before it is killed.</param>
internal sealed record AttemptSettings(string WorkerId, string AttemptsFolder, string DataFolder, TimeSpan LogInterval, TimeSpan Patience);
