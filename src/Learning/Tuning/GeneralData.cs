namespace Ptune.Learning.Tuning;

/// <summary>General data that are mixed in against forgetting: a share of each step's tokens are theirs (rehearsal).</summary>
/// <param name="Rows">At least one.</param>
/// <param name="Share">Of a step's tokens, above 0 and below 1.</param>
internal sealed record GeneralData(TokenRows Rows, double Share);
