namespace Ptune.Learning.Adaptation.Peft;

/// <summary>LoRA, with what may come along.</summary>
internal sealed record LoraPeftConfig(string? Base, LoraSettings Settings) : PeftConfig(Base)
{
    /// <summary>Modules that the file holds whole; null: none.</summary>
    public ModulePattern? Saved { get; init; }

    /// <summary>The share of a layer's inputs that training leaves out; in use it leaves out none.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether biases of the layers with a delta, or of all, are new.</summary>
    public BiasKind Bias { get; init; }

    /// <summary>Ids whose rows of the token table are new.</summary>
    public IReadOnlyList<long> Tokens { get; init; } = [];

    /// <summary>Whether the adapter was made for layers stored [inputs, outputs]; null: not said. The base's own layers decide.</summary>
    public bool? Transposed { get; init; }
}
