namespace Ptune.Learning.Tuning;

/// <summary>Whose a checkpoint is.</summary>
/// <param name="JobId">The digest of what the job computes.</param>
/// <param name="Recipe">Digest of everything that the run is made of, as a second lock: the spec and the artifacts that it starts from.</param>
/// <param name="Environment">What bytes are exact within, in one line.</param>
/// <param name="EarlierRecipe">What earlier builds wrote as <paramref name="Recipe"/>; asked only where a checkpoint has another. Null: nothing else.</param>
internal sealed record CheckpointIdentity(string JobId, string Recipe, string Environment, Func<string>? EarlierRecipe = null);
