namespace Ptune.Contracts.Estimates;

/// <summary>What estimates need of a model.</summary>
/// <param name="Shape">Its sizes.</param>
/// <param name="StoredBytes">Of a number in its files: 4 of float32, 2 of bfloat16 and float16.</param>
public sealed record KnownModel(ModelShape Shape, int StoredBytes);
