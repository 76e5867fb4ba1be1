namespace Ptune.Learning.Adaptation.Peft;

/// <summary>Which biases an adapter brings.</summary>
internal enum BiasKind
{
    None,
    LoraOnly,
    All,
}
