using System.ComponentModel;

namespace Ptune.Contracts.Specs;

/// <summary>A foundation model of a study: either <c>artifact</c>, or <c>architecture</c> with <c>pretraining</c>.</summary>
[GenerateSerializer, Alias("ptune.StudyModel")]
public sealed record StudyModel
{
    [Id(0), Description("A model in the store: name@version or sha256:...")]
    public string? Artifact { get; init; }

    [Id(1), Description("The architecture to pretrain.")]
    public ArchitectureSpec? Architecture { get; init; }

    [Id(2), Description("How it is pretrained.")]
    public StudyPretraining? Pretraining { get; init; }

    [Id(3), Description("How this model is fine-tuned, where it differs from the study's fineTuning.")]
    public TrainingRecipe? FineTuning { get; init; }
}
