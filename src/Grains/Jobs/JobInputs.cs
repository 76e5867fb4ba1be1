namespace Ptune.Grains.Jobs;

/// <summary>How a job's inputs stand at one moment.</summary>
/// <param name="Digests">Role to the artifact's digest, once all are there.</param>
/// <param name="Problem">Why they will never all be there.</param>
/// <param name="WaitsFor">What is still being made.</param>
internal sealed record JobInputs(Dictionary<string, string>? Digests, string? Problem, string? WaitsFor)
{
    /// <summary>What the job is likely to take, in bytes; null: not known, or not looked up.</summary>
    public long? EstimatedMemory { get; init; }

    public static JobInputs Ready(Dictionary<string, string> digests) => new(digests, null, null);

    public static JobInputs Missing(string problem) => new(null, problem, null);

    public static JobInputs Waiting(string waitsFor) => new(null, null, waitsFor);
}
