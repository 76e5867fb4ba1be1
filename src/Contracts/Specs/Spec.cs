using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>What a user writes in a file: <c>apiVersion: ptune/v1</c>, a <c>kind</c> and a name.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PretrainingSpec), "Pretraining")]
[JsonDerivedType(typeof(FineTuningSpec), "FineTuning")]
[JsonDerivedType(typeof(RewardTuningSpec), "RewardTuning")]
[JsonDerivedType(typeof(ScoringSpec), "Scoring")]
[JsonDerivedType(typeof(EvaluationSpec), "Evaluation")]
[JsonDerivedType(typeof(NoOpSpec), "NoOp")]
[JsonDerivedType(typeof(ImportSpec), "Import")]
[JsonDerivedType(typeof(PreparationSpec), "Preparation")]
[JsonDerivedType(typeof(GenerationSpec), "Generation")]
[JsonDerivedType(typeof(MergingSpec), "Merging")]
[JsonDerivedType(typeof(RandomControlSpec), "RandomControl")]
[JsonDerivedType(typeof(ComparisonSpec), "Comparison")]
[JsonDerivedType(typeof(TimingSpec), "Timing")]
[JsonDerivedType(typeof(TransferStudySpec), "TransferStudy")]
[JsonDerivedType(typeof(LanguageStudySpec), "LanguageStudy")]
[JsonDerivedType(typeof(SweepSpec), "Sweep")]
[GenerateSerializer, Alias("ptune.Spec")]
public abstract record Spec
{
    /// <summary>The only version of the format so far.</summary>
    public const string CurrentApiVersion = "ptune/v1";

    [Id(0), NotIdentity, Description("The version of this file's format: ptune/v1.")]
    public string ApiVersion { get; init; } = CurrentApiVersion;

    [Id(1), NotIdentity, Description("A display name: letters, digits, '.', '_', '-' and '@'. It does not affect what is computed.")]
    public string Name { get; init; } = "";

    [Id(2), NotIdentity, Description("Where and when its jobs run. It does not affect what is computed.")]
    public Scheduling Scheduling { get; init; } = new();
}
