namespace Ptune.Contracts.Specs;

/// <summary>Where a method is measured.</summary>
/// <param name="Source">The model that something was learnt on; null: nothing was learnt elsewhere.</param>
/// <param name="Target">The model that answers.</param>
public readonly record struct StudyPair(string? Source, string Target);
