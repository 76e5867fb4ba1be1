using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>The data set that a spec reads, and where it stands in the spec.</summary>
internal readonly record struct SpecData(string Path, IDatasetSpec Dataset)
{
    /// <summary>Every data set, the one of <see cref="Of"/> first.</summary>
    public static IEnumerable<SpecData> All(Spec spec)
    {
        if (Of(spec) is { } first) yield return first;
        foreach (var (name, dataset) in (spec as LanguageStudySpec)?.Datasets ?? []) yield return new SpecData($"datasets.{name}", dataset);
        if (FewShotOf(spec) is { } shown) yield return new SpecData("fewShot.data.dataset", shown.Data.Dataset);
        if (spec is FineTuningSpec { Mix.Data.Dataset: var mixed }) yield return new SpecData("mix.data.dataset", mixed);
        if (spec is EvaluationSpec { TunedOn.Dataset: var tuned }) yield return new SpecData("tunedOn.dataset", tuned);
    }

    private static FewShot? FewShotOf(Spec spec) => spec switch { EvaluationSpec job => job.FewShot, GenerationSpec job => job.FewShot, _ => null };

    /// <summary>The data set whose labels the work is about. Null for work without data, or with several.</summary>
    public static SpecData? Of(Spec spec) => spec switch
    {
        TransferStudySpec study => new SpecData("dataset", study.Dataset),
        JobSpec job when job.Examples() is { } data => new SpecData("data.dataset", data.Dataset),
        _ => null,
    };
}
