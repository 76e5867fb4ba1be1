using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Admission.Texts;

namespace Ptune.Silo.Planning;

/// <summary>Counts the records that something is tuned on and asked about, too. Embedded only: the silos of a cluster need not see the workers' disks.</summary>
internal sealed class SharedTexts(IBlobStore blobs)
{
    /// <returns>A sentence for each data set that shares records with one that is tuned on; none where it cannot be told.</returns>
    public Task<IReadOnlyList<string>> WarningsAsync(Spec spec, CancellationToken cancellation) => spec switch
    {
        LanguageStudySpec { Splits.By: not SplitBy.Content } study => Task.Run<IReadOnlyList<string>>(() => [.. Warnings(study, cancellation)], cancellation).WaitAsync(cancellation),
        EvaluationSpec { TunedOn: { } tuned } evaluation => Task.Run<IReadOnlyList<string>>(() => [.. Warnings(evaluation.Data, tuned, cancellation)], cancellation).WaitAsync(cancellation),
        _ => Task.FromResult<IReadOnlyList<string>>([]),
    };

    private IEnumerable<string> Warnings(LanguageStudySpec study, CancellationToken cancellation)
    {
        var tuned = study.Methods.OfType<PortedStudyMethod>().SelectMany(method => method.Rewards ?? []).Select(reward => reward.Data).OfType<string>().Append(study.Tuning.Data).Distinct().ToArray();
        var asked = study.Tasks.Select(task => (task.Data, By: "a task asks about")).Concat(study.Probe?.Data is { } probe ? [(Data: probe, By: "the probe measures")] : []).DistinctBy(one => one.Data);
        var known = new Dictionary<string, IReadOnlyList<UInt128>?>();
        foreach (var (data, by) in asked)
        {
            foreach (var other in tuned.Where(other => other != data))
            {
                if ((ForWorkers(study, data) ?? ForWorkers(study, other)) is { } unread)
                {
                    yield return $"Whether records of {data}, which {by}, are also records of {other}, which the study tunes on, is not counted: {unread} is Parquet, which only workers read. With 'splits: {{ by: content }}' no text lies in two splits.";
                    continue;
                }
                if (Keys(data) is not { Count: > 0 } records || Keys(other) is not { } trained) continue;
                var shared = Shared(records, trained);
                if (shared > 0)
                    yield return $"{shared:N0} of the {records.Count:N0} records of {data}, which {by}, are also records of {other}, which the study tunes on, and each data set is split by itself. Write 'splits: {{ by: content }}'.";
            }
        }

        IReadOnlyList<UInt128>? Keys(string name) =>
            known.TryGetValue(name, out var keys) ? keys : known[name] = study.Datasets.GetValueOrDefault(name) is TextDatasetSpec texts ? KeysOf(texts, cancellation) : null;
    }

    private IEnumerable<string> Warnings(DataSpec asked, DataSpec tuned, CancellationToken cancellation)
    {
        if (asked.Dataset is not TextDatasetSpec probe || tuned.Dataset is not TextDatasetSpec other || AreOtherSplits(asked, tuned)) yield break;
        if ((IsForWorkers(probe) ? probe : IsForWorkers(other) ? other : null) is { } unread)
        {
            yield return $"Whether records of {probe.Name} are also in {other.Name}, the data of the tuning, is not known before the evaluation counts it: {unread.Name} is Parquet, which only workers read.";
            yield break;
        }
        if (KeysOf(probe, cancellation) is not { Count: > 0 } records || KeysOf(other, cancellation) is not { } trained) yield break;
        var shared = Shared(records, trained);
        if (shared == 0) yield break;
        yield return $"{shared:N0} of the {records.Count:N0} records of {probe.Name} {(shared == 1 ? "is" : "are")} also in {other.Name}, the data of the tuning. The evaluation counts how many of them were tuned on.";
    }

    private static string? ForWorkers(LanguageStudySpec study, string name) => study.Datasets.GetValueOrDefault(name) is TextDatasetSpec texts && IsForWorkers(texts) ? name : null;

    private static bool IsForWorkers(TextDatasetSpec texts) => texts.Files.Any(file => TextFileEnding.Of(file.Path).Kind == TextFileKind.Parquet);

    /// <summary>Splits of the same records have none in common.</summary>
    private static bool AreOtherSplits(DataSpec one, DataSpec other) =>
        one.Split != other.Split && JsonSerializer.Serialize(one.Splits, SpecJson.Options) == JsonSerializer.Serialize(other.Splits, SpecJson.Options) && one.Dataset.Declared().Select(file => file.File.Sha256).SequenceEqual(other.Dataset.Declared().Select(file => file.File.Sha256));

    private static int Shared(IReadOnlyList<UInt128> records, IReadOnlyList<UInt128> trained)
    {
        var seen = trained.ToHashSet();
        return records.Count(seen.Contains);
    }

    private IReadOnlyList<UInt128>? KeysOf(TextDatasetSpec dataset, CancellationToken cancellation) => TextKeys.Of(
        dataset,
        file => dataset.Location == IDatasetSpec.Uploads ? blobs.LocalPath(BlobNames.Content(Digest.Prefix + file.Sha256)) : Path.IsPathFullyQualified(dataset.Location) ? Path.Combine(dataset.Location, file.Path) : null,
        cancellation);
}
