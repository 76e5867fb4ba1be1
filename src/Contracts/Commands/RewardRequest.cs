namespace Ptune.Contracts.Commands;

/// <summary>A reward in a folder that a command adds to a model.</summary>
/// <param name="Folder">The reward's.</param>
/// <param name="Weight">What its rewards are multiplied by.</param>
/// <param name="Name">What the user calls it.</param>
public sealed record RewardRequest(string Folder, double Weight, string Name);
