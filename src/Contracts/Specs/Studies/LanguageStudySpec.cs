using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Specs;

/// <summary>
/// The study of language models: tune on the sources, carry to the targets, compare. A graph of jobs: each method is measured by each task for every
/// target and seed. In a file it is a TransferStudy with <c>datasets</c>.
/// </summary>
[SecondForm("TransferStudy", "datasets")]
[GenerateSerializer, Alias("ptune.LanguageStudySpec")]
public sealed record LanguageStudySpec : Spec, IStudySpec
{
    /// <summary>The most data sets, methods or tasks.</summary>
    public const int MaxParts = 64;

    [Id(0), MaxLength(MaxParts), Description("The data sets of texts, by names that the rest of the spec uses.")]
    public required Dictionary<string, IDatasetSpec> Datasets { get; init; }

    [Id(1), Description("How each of them is divided into disjoint splits.")]
    public SplitsSpec Splits { get; init; } = new();

    [Id(2), Range(2, 1_000_000), Description("Tokens of an example, and of a window of bitsPerByte. Default: 512.")]
    public int MaxTokens { get; init; } = 512;

    [Id(3), MaxLength(SpecLimits.Models), Description("The models by name@version: pretrained by the study, updates of others, or taken from the store.")]
    public required Dictionary<string, StudyLanguageModel> Models { get; init; }

    [Id(4), MinLength(1), MaxLength(SpecLimits.Models), Description("The models that are tuned: names under models.")]
    public required string[] Sources { get; init; }

    [Id(5), MaxLength(SpecLimits.Models), Description("The models that what was learnt is carried to: names under models. Default: none, so the sources are compared with themselves.")]
    public string[] Targets { get; init; } = [];

    [Id(6), Description("What the sources are tuned on, and how.")]
    public required StudyTuning Tuning { get; init; }

    [Id(7), MinLength(1), MaxLength(MaxParts), Description("What is compared: the rows of the result. A kind alone stands for one with its defaults.")]
    public required StudyMethod[] Methods { get; init; }

    [Id(8), MinLength(1), MaxLength(MaxParts), Description("What is measured: the columns of the result.")]
    public required StudyTask[] Tasks { get; init; }

    [Id(9), MinLength(1), MaxLength(SpecLimits.StudyJobs), Description("One tuning run for each seed; a study has at most 2,000 jobs. Default: 1, 2, 3.")]
    public long[] Seeds { get; init; } = [1, 2, 3];

    [Id(10), Description("Texts that every model continues, after every method of the first seed. Default: none.")]
    public StudyGenerations? Generations { get; init; }

    [Id(11), Description("Texts on which KL, C and the move of each port are measured, with its first seed. Default: they are not measured.")]
    public StudyProbe? Probe { get; init; }

    [Id(12), Description("Whether it is measured for each method on each target how long the first answer takes and what an answer costs against the bare model, with the first seed. Default: false.")]
    public bool? Costs { get; init; }

    /// <summary>The architecture of a model that the study pretrains: its own, or that of the model that it updates. Null where it is not known from the spec.</summary>
    public ArchitectureSpec? ArchitectureOf(string name) => RootOf(name)?.Architecture;

    /// <summary>The model itself, or the first one of the updates that led to it. Null: there is none of that name.</summary>
    public StudyLanguageModel? RootOf(string name)
    {
        for (var left = Models.Count; left > 0 && Models.TryGetValue(name, out var model); left--)
        {
            if (model.Updates is null) return model;
            name = model.Updates;
        }
        return null;
    }

    /// <summary>Whether what it tunes are numbers of tokens, which need one vocabulary, and not of labels, choices or preferences.</summary>
    public bool IsOfTokens() => Datasets.GetValueOrDefault(Tuning.Data) is TextDatasetSpec { Shape: TextFormat.Text or TextFormat.PromptResponse or TextFormat.Messages };

    /// <summary>The models between one of the sources and an update of it, in the order of the updates; null where it is none's.</summary>
    public IReadOnlyList<string>? UpdatesBetween(string[] sources, string name)
    {
        var between = new List<string>();
        for (var left = Models.Count; left > 0 && Models.TryGetValue(name, out var model) && model.Updates is { } older; left--)
        {
            if (sources.Contains(older)) return between;
            between.Insert(0, older);
            name = older;
        }
        return null;
    }

    /// <summary>The tokenizer of a model that the study pretrains. Null where it is not known from the spec.</summary>
    public TokenizerSpec? TokenizerOf(string name) => RootOf(name)?.Tokenizer;

    public IEnumerable<(string Model, string Artifact)> Artifacts() =>
        Models.Where(m => m.Value.Artifact is not null).Select(m => (m.Key, m.Value.Artifact!));
}
