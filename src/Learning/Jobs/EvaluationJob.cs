using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Evaluation;
using Ptune.Learning.Formats;
using Ptune.Learning.Jobs.Vision;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer;

namespace Ptune.Learning.Jobs;

/// <summary>The comparison on one target, from cached scores; the cost of inference, from models. It does what it is given.</summary>
internal static class EvaluationJob
{
    /// <summary>The artifact's one file: the figures that are the same for the same job.</summary>
    public const string FileName = "evaluation.json";

    public static JobOutcome Run(JobContext context, EvaluationSpec spec)
    {
        if (spec.Scores is null && spec.Models is null && spec.Subject is null) throw new LearningException("An evaluation needs scores, models, or a subject.");
        var examples = context.ReadExamples(spec.Data, labelsOnly: spec.Models is null && spec.Subject is null);
        var figures = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (spec.Scores is not null) figures = Compare(context, spec, examples);
        if (spec.Subject is not null) Judge(context, spec, examples, figures);
        var measurements = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (spec.Models is not null) measurements = CostJob.Measure(context, spec, examples, figures);

        Write(Path.Combine(context.OutputFolder, FileName), figures, examples);
        return context.Complete(ArtifactKind.Evaluation, [FileName], examples, figures, measurements);
    }

    private static SortedDictionary<string, double> Compare(JobContext context, EvaluationSpec spec, Examples examples)
    {
        var scores = spec.Scores!;
        return new Comparison
        {
            Labels = examples.Labels,
            Lambda = spec.Lambda,
            Target = ReadScores(context, "target", NetworkRole.Model, examples),
            Reward = ReadScores(context, "reward", NetworkRole.Reward, examples),
            Source = scores.Source is null ? null : ReadScores(context, "source", NetworkRole.Model, examples),
            TunedSource = scores.TunedSource is null ? null : ReadScores(context, "tunedSource", NetworkRole.Model, examples),
            Retrained = scores.Retrained is null ? null : ReadScores(context, "retrained", NetworkRole.Model, examples),
        }.Measure();
    }

    private static void Judge(JobContext context, EvaluationSpec spec, Examples examples, SortedDictionary<string, double> figures)
    {
        using var network = LoadedImageNetwork.Load(context, "subject", NetworkRole.Model, examples, spec.LabelPrompt, context.Run.Inputs.ContainsKey("patch") ? "patch" : null);
        using var tensors = new ExampleTensors(examples, context.Device);
        using var scores = Scorer.Score(network, NetworkRole.Model, tensors, stop: context.Run.Stop);
        var table = Scorer.ToTable(scores);
        if (table.Values.Any(value => !float.IsFinite(value))) throw new LearningException("The outputs of the subject are not finite on this data. It cannot be judged.");
        figures[MetricNames.Accuracy] = CorrectPredictions.Of(table, examples.Labels).Accuracy;
        figures[MetricNames.Count] = examples.Count;
    }

    private static ScoreTable ReadScores(JobContext context, string input, NetworkRole role, Examples examples)
    {
        var scores = ScoresArtifact.Read(context.Input(input));
        if (scores.Role != role) throw new TransferException($"The scores '{input}' are of a {scores.Role.ToString().ToLowerInvariant()}, not of a {role.ToString().ToLowerInvariant()}.");
        if (scores.OutputSpace != OutputSpace.OfLabels(examples.LabelNames))
            throw new TransferException($"The scores '{input}' are over another output space ({scores.OutputSpace}) than the data set's labels.");
        if (scores.Data != examples.Fingerprint || scores.Table.Count != examples.Count || scores.Table.Labels != examples.LabelNames.Count)
            throw new TransferException($"The scores '{input}' were made from other examples ({scores.Data}, {scores.Table.Count} rows) than the ones to evaluate on.");
        return scores.Table;
    }

    private static void Write(string path, SortedDictionary<string, double> figures, Examples examples) => AtomicFile.Write(path, stream =>
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("outputSpace", OutputSpace.OfLabels(examples.LabelNames));
        json.WriteString("data", examples.Fingerprint);
        json.WriteStartObject("figures");
        foreach (var (name, value) in figures) WriteFigure(json, name, value);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    // JSON has no infinity, which a C of a reward without bounds may reach.
    private static void WriteFigure(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteString(name, value.ToString());
    }
}
