namespace Ptune.Learning.Adaptation.Peft;

/// <summary>Prompt tuning.</summary>
/// <param name="VirtualTokens">How many vectors stand before the text.</param>
internal sealed record PromptPeftConfig(string? Base, long VirtualTokens) : PeftConfig(Base);
