namespace Ptune.Learning.Porting;

/// <summary>A reward beside a model: a line of rewards.json, which the script reads.</summary>
/// <param name="Folder">Below the target.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Weight">What its rewards are multiplied by.</param>
/// <param name="Lambda">The temperature that it was trained with.</param>
/// <param name="Method">full, or lora, which is merged with its source.</param>
/// <param name="Rows">The first so many ids may have a reward.</param>
/// <param name="Substitute">The id that it reads in place of one that it does not have.</param>
/// <param name="WithoutReward">So many of the base's tokens have none.</param>
internal sealed record PortedReward(string Folder, string Name, double Weight, double Lambda, string Method, long Rows, long Substitute, long WithoutReward);
