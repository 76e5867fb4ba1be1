namespace Ptune.Contracts.Studies;

/// <summary>The source itself: bare, fine-tuned, and with the reward that was tuned on it.</summary>
[GenerateSerializer, Alias("ptune.SourceResult")]
public sealed record SourceResult(string Model, Accuracy Bare, Accuracy Tuned, Accuracy Prt, Accuracy RewardAlone);
