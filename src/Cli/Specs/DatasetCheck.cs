using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Specs;

/// <summary>Finds files of a spec's data set that are missing on this machine, before anything is started.</summary>
internal static class DatasetCheck
{
    public static IReadOnlyList<SpecProblem> Find(SpecFile file) => Find(file.Spec, file.Positions);

    private static IReadOnlyList<SpecProblem> Find(Spec spec, SpecPositions positions)
    {
        if (spec is SweepSpec sweep) return Find(sweep.Job, positions.Below("job"));
        return [.. Places(spec).SelectMany(place => Find(place.Path, place.Location, place.Files, positions))];
    }

    /// <summary>What lies in folders: data sets and tokenizers.</summary>
    private static IEnumerable<(string Path, string Location, IEnumerable<(string Key, DataFile File)> Files)> Places(Spec spec)
    {
        foreach (var (path, dataset) in Datasets(spec)) yield return (path, dataset.Location, dataset.Declared());
        foreach (var (path, tokenizer) in Tokenizers(spec)) yield return (path, tokenizer.Location, [("file", tokenizer.File)]);
    }

    private static IEnumerable<(string Path, IDatasetSpec Dataset)> Datasets(Spec spec) => spec switch
    {
        TransferStudySpec study => [("dataset", study.Dataset)],
        LanguageStudySpec study => study.Datasets.Select(dataset => ($"datasets.{dataset.Key}", dataset.Value)),
        EvaluationSpec { TunedOn: { } tuned } job => [("data.dataset", job.Data.Dataset), ("tunedOn.dataset", tuned.Dataset)],
        FineTuningSpec { Mix: { } mix } job => [("data.dataset", job.Data.Dataset), ("mix.data.dataset", mix.Data.Dataset)],
        EvaluationSpec { FewShot: { } shown } job => [("data.dataset", job.Data.Dataset), ("fewShot.data.dataset", shown.Data.Dataset)],
        GenerationSpec { FewShot: { } shown } => [("fewShot.data.dataset", shown.Data.Dataset)],
        JobSpec job when job.Examples() is { } data => [("data.dataset", data.Dataset)],
        _ => [],
    };

    private static IEnumerable<(string Path, TokenizerSpec Tokenizer)> Tokenizers(Spec spec) => spec switch
    {
        LanguageStudySpec study => study.Models.Where(model => model.Value.Tokenizer is not null).Select(model => ($"models.{model.Key}.tokenizer", model.Value.Tokenizer!)),
        PretrainingSpec { Tokenizer: { } tokenizer } => [("tokenizer", tokenizer)],
        PreparationSpec { Tokenizer: { } tokenizer } => [("tokenizer", tokenizer)],
        _ => [],
    };

    private static IReadOnlyList<SpecProblem> Find(string path, string location, IEnumerable<(string Key, DataFile File)> files, SpecPositions positions)
    {
        if (!Path.IsPathFullyQualified(location)) return [];
        if (!Directory.Exists(location))
            return [positions.Problem($"{path}.location", $"There is no folder '{location}'.", Advice(location))];
        return
        [
            .. files
                .Where(f => !File.Exists(Path.Combine(location, f.File.Path)))
                .Select(f => positions.Problem($"{path}.{f.Key}.path", $"There is no file '{Path.Combine(location, f.File.Path)}'.", "Correct the path, or put the file there.")),
        ];
    }

    private static string Advice(string location) => location.StartsWith("/usr/share/datasets/", StringComparison.Ordinal)
        ? $"Install Debian's package: apt-get install dataset-{Path.GetFileName(location.TrimEnd('/'))}; or name the folder that holds the files."
        : "Name the folder that holds the data set's files.";
}
