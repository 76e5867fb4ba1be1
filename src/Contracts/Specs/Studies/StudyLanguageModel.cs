using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>
/// A language model of a study: from the store (<c>artifact</c>), pretrained from fresh weights (<c>architecture</c>, <c>tokenizer</c> and <c>pretraining</c>), or another
/// model whose pretraining is continued (<c>updates</c> and <c>pretraining</c>).
/// </summary>
[GenerateSerializer, Alias("ptune.StudyLanguageModel")]
public sealed record StudyLanguageModel
{
    [Id(0), Description("A model in the store: name@version or sha256:...")]
    public string? Artifact { get; init; }

    [Id(1), Description("The architecture to pretrain. An update has that of the model that it updates.")]
    public ArchitectureSpec? Architecture { get; init; }

    [Id(2), Description("The tokenizer of a model with fresh weights.")]
    public TokenizerSpec? Tokenizer { get; init; }

    [Id(3), Description("The model that is trained further: a name under models.")]
    public string? Updates { get; init; }

    [Id(4), Description("How it is pretrained.")]
    public StudyLanguagePretraining? Pretraining { get; init; }
}
