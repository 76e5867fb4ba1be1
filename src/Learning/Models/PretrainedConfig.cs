namespace Ptune.Learning.Models;

/// <summary>What a checkpoint's configuration says: enough to know every parameter before any of them is read.</summary>
internal abstract record PretrainedConfig
{
    /// <summary>Hugging Face's <c>model_type</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>Every parameter that the network has, by its name in a checkpoint.</summary>
    public abstract IReadOnlyList<ParameterDeclaration> Parameters { get; }

    /// <summary>The word of the configuration that decides a parameter's shape, for a message: " by vocab_size 16", or nothing.</summary>
    public virtual string ReasonOf(ParameterDeclaration parameter) => "";
}
