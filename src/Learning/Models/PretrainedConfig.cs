using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Models;

/// <summary>What a checkpoint's configuration says: enough to know every parameter before any of them is read.</summary>
internal abstract record PretrainedConfig
{
    /// <summary>What decides how many labels a classifier has, for a message.</summary>
    protected const string LabelsMeant = "config.json (id2label, else num_labels, else 2)";

    /// <summary>Hugging Face's <c>model_type</c>.</summary>
    public required string ModelType { get; init; }

    /// <summary>Every parameter that the network has, by its name in a checkpoint.</summary>
    public abstract IReadOnlyList<ParameterDeclaration> Parameters { get; }

    /// <summary>What memory is estimated by.</summary>
    public abstract TransformerShape Shape { get; }

    /// <summary>The word of the configuration that decides a parameter's shape, for a message: " by vocab_size 16", or nothing.</summary>
    public virtual string ReasonOf(ParameterDeclaration parameter) => "";

    /// <summary>What a classifier answers with, in the order of its outputs; null: it is none.</summary>
    public virtual IReadOnlyList<string>? Classes => null;

    /// <summary>The same classifier with other labels.</summary>
    /// <exception cref="LearningException">It is no classifier.</exception>
    public virtual PretrainedConfig WithClasses(IReadOnlyList<string> labels) => throw new LearningException($"A {ModelType} has no labels.");

    /// <summary>The same classifier as its files hold it, where they have no classification head: it has no labels until it gets a new one.</summary>
    /// <param name="isThere">Whether the files hold a parameter.</param>
    public virtual PretrainedConfig WithoutHead(Func<string, bool> isThere) => this;

    /// <summary>Whether a parameter is one of the classification head.</summary>
    public virtual bool IsOfHead(string parameter) => false;
}
