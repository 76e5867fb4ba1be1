namespace Ptune.Learning.Transfer.Language;

/// <summary>A reward that lies in a folder.</summary>
/// <param name="Path">The folder, with reward.json.</param>
/// <param name="Weight">What its rewards are multiplied by.</param>
public sealed record RewardFolder(string Path, double Weight);
