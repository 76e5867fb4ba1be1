using Ptune.Contracts.Specs;
using Ptune.Silo.Admission.Texts;

namespace Ptune.Silo.Planning;

/// <summary>Counts the records that a study tunes on and asks about, too, where data sets are split each by itself. Embedded only: the silos of a cluster need not see the workers' disks.</summary>
internal sealed class SharedTexts
{
    /// <returns>A sentence for each data set that shares records with one that the study tunes on; none where it cannot be told.</returns>
    public Task<IReadOnlyList<string>> WarningsAsync(IStudySpec study, CancellationToken cancellation) => study is LanguageStudySpec { Splits.By: not SplitBy.Content } language
        ? Task.Run<IReadOnlyList<string>>(() => [.. Warnings(language, cancellation)], cancellation).WaitAsync(cancellation)
        : Task.FromResult<IReadOnlyList<string>>([]);

    private static IEnumerable<string> Warnings(LanguageStudySpec study, CancellationToken cancellation)
    {
        var tuned = study.Methods.OfType<PortedStudyMethod>().SelectMany(method => method.Rewards ?? []).Select(reward => reward.Data).OfType<string>().Append(study.Tuning.Data).Distinct().ToArray();
        var asked = study.Tasks.Select(task => (task.Data, By: "a task asks about")).Concat(study.Probe?.Data is { } probe ? [(Data: probe, By: "the probe measures")] : []).DistinctBy(one => one.Data);
        var known = new Dictionary<string, IReadOnlyList<UInt128>?>();
        foreach (var (data, by) in asked)
        {
            foreach (var other in tuned.Where(other => other != data))
            {
                if (Keys(data) is not { Count: > 0 } records || Keys(other) is not { } trained) continue;
                var seen = trained.ToHashSet();
                var shared = records.Count(seen.Contains);
                if (shared > 0)
                    yield return $"{shared:N0} of the {records.Count:N0} records of {data}, which {by}, are also records of {other}, which the study tunes on, and each data set is split by itself. Write 'splits: {{ by: content }}'.";
            }
        }

        IReadOnlyList<UInt128>? Keys(string name) =>
            known.TryGetValue(name, out var keys) ? keys : known[name] = study.Datasets.GetValueOrDefault(name) is TextDatasetSpec texts ? TextKeys.Of(texts, cancellation) : null;
    }
}
