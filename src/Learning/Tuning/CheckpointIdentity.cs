namespace Ptune.Learning.Tuning;

/// <summary>Whose a checkpoint is.</summary>
/// <param name="JobId">The digest of what the job computes.</param>
/// <param name="Recipe">Digest of everything that the run is made of, as a second lock: spec, examples and parameters.</param>
/// <param name="Environment">What bytes are exact within, in one line.</param>
internal sealed record CheckpointIdentity(string JobId, string Recipe, string Environment);
