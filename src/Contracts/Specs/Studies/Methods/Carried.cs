namespace Ptune.Contracts.Specs;

/// <summary>What a method takes from a source to its targets, which have to have the like of it.</summary>
public sealed record Carried
{
    private Carried(bool hasTensors, string? layers) => (HasTensors, Layers) = (hasTensors, layers);

    /// <summary>Numbers of tokens: the same tokens.</summary>
    public static Carried Tokens { get; } = new(false, null);

    /// <summary>Weights: the same tensors, in the same shapes.</summary>
    public static Carried Weights { get; } = new(true, null);

    /// <summary>Whether tensors have to fit, and not only tokens.</summary>
    public bool HasTensors { get; }

    /// <summary>The linear layers whose tensors count, as <see cref="LoraMethod.Targets"/>; null: all tensors.</summary>
    public string? Layers { get; }

    /// <summary>Low-rank deltas: the same layers, in the same shapes.</summary>
    public static Carried Deltas(LoraMethod lora) => new(true, lora.Targets);
}
