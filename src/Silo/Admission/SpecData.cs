using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>The data set that a spec reads, and where it stands in the spec.</summary>
internal readonly record struct SpecData(string Path, IDatasetSpec Dataset)
{
    /// <summary>Null for work without data.</summary>
    public static SpecData? Of(Spec spec) => spec switch
    {
        TransferStudySpec study => new SpecData("dataset", study.Dataset),
        JobSpec job when job.Examples() is { } data => new SpecData("data.dataset", data.Dataset),
        _ => null,
    };
}
