using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Studies;

/// <summary>What to know before a study is run, as far as its spec tells.</summary>
public static class StudyWarnings
{
    private const double Large = 4;

    /// <returns>A sentence each; empty for a study of images.</returns>
    public static IEnumerable<string> Of(IStudySpec study)
    {
        if (study is not LanguageStudySpec language) return [];
        return [.. Weights(language), .. TunedTargets(language), .. Leaks(language)];
    }

    /// <summary>The same of one job that uses what was learnt.</summary>
    public static IEnumerable<string> Of(JobSpec job)
    {
        var (rewards, emulated, difference) = job switch
        {
            EvaluationSpec evaluation => (evaluation.Rewards, evaluation.Emulated, null),
            GenerationSpec generation => (generation.Rewards, generation.Emulated, null),
            TimingSpec timing => (timing.Rewards, timing.Emulated, null),
            MergingSpec merging => (null, null, merging.Difference),
            _ => default((RewardUse[]?, EmulatedUse?, WeightDifference?)),
        };
        IEnumerable<(string Name, double Weight)> used = [.. (rewards ?? []).Select((reward, i) => ($"rewards[{i}]", reward.Weight)), .. emulated is null ? [] : new[] { ("emulated", emulated.Weight) }, .. difference is null ? [] : new[] { ("difference", difference.Weight) }];
        return used.Where(one => IsUnusual(one.Weight)).Select(one => Unusual(one.Name, one.Weight));
    }

    private static IEnumerable<string> Weights(LanguageStudySpec study) =>
        from method in study.Methods
        from weight in (method.OwnWeights() ?? []).Concat(method.OwnWeight() is { } own ? [own] : []).Concat((method as PortedStudyMethod)?.Rewards?.Select(reward => reward.Weight) ?? []).Distinct()
        where IsUnusual(weight)
        select Unusual(method.Title(), weight);

    private static bool IsUnusual(double weight) => weight is < 0 or > Large;

    private static string Unusual(string name, double weight) =>
        FormattableString.Invariant($"{name} has the weight {weight}, which {(weight < 0 ? "is negative: it takes away what was learnt" : $"is above {Large}: the target is moved far")}.");

    private static IEnumerable<string> TunedTargets(LanguageStudySpec study) =>
        from target in study.Targets
        where study.Models.TryGetValue(target, out var model) && model.Updates is { } older && study.Sources.Contains(older) && model.Pretraining?.Data == study.Tuning.Data
        select $"{target} is its source trained further on {study.Tuning.Data}, which the study tunes on: it knows already what is carried to it.";

    /// <summary>Splits of each data set by itself put a text that two of them share into the test split of one and the tuning split of the other.</summary>
    private static IEnumerable<string> Leaks(LanguageStudySpec study)
    {
        if (study.Splits.By == SplitBy.Content) return [];
        var trained = study.Models.Values.Select(model => model.Pretraining?.Data).Append(study.Tuning.Data)
            .Concat(study.Methods.OfType<PortedStudyMethod>().SelectMany(method => method.Rewards ?? []).Select(reward => reward.Data)).OfType<string>().Distinct().ToArray();
        return from task in study.Tasks.Select(task => task.Data).Distinct()
               let others = trained.Where(other => other != task && CommonFiles(study, task, other) > 0).ToArray()
               where others.Length > 0
               select $"Texts of {task} that a task asks about may be among those that models are trained on: it has {Files(others.Sum(other => CommonFiles(study, task, other)))} in common with {string.Join(", ", others)}, and each data set is split by itself. Write 'splits: {{ by: content }}'.";
    }

    private static int CommonFiles(LanguageStudySpec study, string one, string other) =>
        study.Datasets.TryGetValue(one, out var first) && study.Datasets.TryGetValue(other, out var second)
            ? first.Declared().Select(file => file.File.Sha256).Intersect(second.Declared().Select(file => file.File.Sha256)).Count()
            : 0;

    private static string Files(int count) => count == 1 ? "1 file" : $"{count} files";
}
