namespace Ptune.Learning.Adaptation.Peft;

/// <summary>What an adapter_config.json says, as far as it is computed here.</summary>
/// <param name="Base">The base's name or path where the adapter was made; null: not said.</param>
internal abstract record PeftConfig(string? Base);
