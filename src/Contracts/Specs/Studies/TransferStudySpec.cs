using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Tune once on the source, carry to the targets, compare: a graph of jobs. Bare, reward alone, EFT, ported and retrained are
/// measured on the same split for every target and seed.
/// </summary>
[GenerateSerializer, Alias("ptune.TransferStudySpec")]
public sealed record TransferStudySpec : Spec, IStudySpec
{
    [Id(0), Description("The data set.")]
    public required ImageDatasetSpec Dataset { get; init; }

    [Id(1), Description("How it is divided into disjoint splits.")]
    public SplitsSpec Splits { get; init; } = new();

    [Id(2), Description("The task's domain shift from the pretraining images. Default: none.")]
    public ShiftSpec? Shift { get; init; }

    [Id(3), MaxLength(SpecLimits.Models), Description("The foundation models by name@version: pretrained by the study, or taken from the store.")]
    public required Dictionary<string, StudyModel> Models { get; init; }

    [Id(4), Description("The model that is tuned: a name under models.")]
    public required string Source { get; init; }

    [Id(5), MinLength(1), MaxLength(SpecLimits.Models), Description("The models that the reward is ported to: names under models.")]
    public required string[] Targets { get; init; }

    [Id(6), MinLength(1), MaxLength(SpecLimits.StudyJobs), Description("One tuning run for each seed; a study has at most 2,000 jobs. Default: 1, 2, 3.")]
    public long[] Seeds { get; init; } = [1, 2, 3];

    [Id(7), FormerName("labels"), Range(1, 1_000_000_000), Description("Labelled examples to tune on, the first rows of the tuning split. Default: 500.")]
    public int TuningExamples { get; init; } = 500;

    [Id(8), Description("How the reward is tuned.")]
    public RewardRecipe Reward { get; init; } = new();

    [Id(9), Description("How models are fine-tuned, for EFT and for the retrained targets.")]
    public TrainingRecipe FineTuning { get; init; } = new();

    [Id(10), Description("The split that the comparison is made on: validation to choose settings, test to report. Default: test.")]
    public Split EvaluateOn { get; init; } = Split.Test;

    public IEnumerable<(string Model, string Artifact)> Artifacts() =>
        Models.Where(m => m.Value.Artifact is not null).Select(m => (m.Key, m.Value.Artifact!));
}
