using System.Xml.Linq;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using static Ptune.Charts.Html;

namespace Ptune.Charts;

/// <summary>The training losses, one chart for each kind of training and one line for each job.</summary>
public static class LossCurves
{
    private const double Width = 430, Height = 240, Left = 44, Bottom = 34, Top = 10, Right = 12;
    private const int Hues = 6;
    private const string Tuned = "tune ";

    private static readonly (string Kind, string Title)[] Kinds =
        [("Pretraining", "Pretraining"), ("RewardTuning", "Reward tuning"), ("FineTuning", "Fine-tuning")];

    /// <summary>Nothing where nothing was trained.</summary>
    public static IEnumerable<XElement> Of(JobView[] all)
    {
        var charts = Kinds.Select(k => Chart(k.Title, [.. all.Where(j => j.Kind == k.Kind && j.Result is { Curve.Length: > 0 })], all)).OfType<XElement>().ToList();
        if (charts.Count > 0) yield return Section("Training loss", E("div", Class("charts"), charts), E("p", Class("note"), "Mean training loss in nats over the steps."));
    }

    /// <summary>The losses of a job that runs; nothing before there are two.</summary>
    public static IEnumerable<XElement> Running(LossPoint[] curve)
    {
        LossPoint[] points = [.. curve.Where(point => double.IsFinite(point.Loss))];
        if (points.Length < 2) yield break;
        var x = Axis.Around(points[0].Step, points[^1].Step, Left, Width - Right, ticks: 4, round: false);
        var y = Axis.Around(points.Min(p => p.Loss), points.Max(p => p.Loss), Height - Bottom, Top);
        yield return E("figure", E("figcaption", "Training loss so far, in nats"), Svg.Image(Width, Height, "Training loss so far, over steps", Grid(x, y), Svg.Path("curve hue0", points.Select(p => (x.At(p.Step), y.At(p.Loss))))));
    }

    private static object[] Grid(Axis x, Axis y) =>
    [
        y.Ticks().Select(t => new[] { Svg.Line("grid", Left, y.At(t), Width - Right, y.At(t)), Svg.Text(Left - 6, y.At(t) + 4, "end", y.Label(t)) }),
        x.Ticks().Select(t => Svg.Text(x.At(t), Height - Bottom + 16, "middle", x.Label(t))),
        Svg.Text(Width - Right, Height - 3, "end", "steps"),
    ];

    private static XElement? Chart(string title, JobView[] jobs, JobView[] all)
    {
        if (jobs.Length == 0) return null;
        var points = jobs.SelectMany(j => j.Result!.Curve).Where(p => double.IsFinite(p.Loss)).ToList();
        if (points.Count == 0) return null;
        var x = Axis.Around(0, points.Max(p => p.Step), Left, Width - Right, ticks: 4, round: false);
        var y = Axis.Around(Math.Min(0, points.Min(p => p.Loss)), points.Max(p => p.Loss), Height - Bottom, Top);
        var groups = jobs.GroupBy(j => Group(j, all)).ToList();
        return E("figure",
            E("figcaption", E("strong", title), E("span", Class("keys"), groups.Select((g, i) => E("span", E("i", Class($"key hue{i % Hues}")), g.Key)))),
            Svg.Image(Width, Height, $"{title}: loss over steps",
                Grid(x, y),
                groups.Select((g, i) => g.Select(j => Svg.Path($"curve hue{i % Hues}", j.Result!.Curve.Where(p => double.IsFinite(p.Loss)).Select(p => (x.At(p.Step), y.At(p.Loss))), Svg.Title(j.Name))))));
    }

    /// <summary>In a language study a line's colour means the model and the method.</summary>
    private static string WithoutSeed(string name) => name.LastIndexOf(" seed ", StringComparison.Ordinal) is > 0 and var end ? name[..end] : name;

    /// <summary>The colour of a line means the model, or the seed if only one model is tuned.</summary>
    private static string Group(JobView job, JobView[] all) => job.Spec switch
    {
        PretrainingSpec => job.Name.StartsWith("pretrain ", StringComparison.Ordinal) ? job.Name["pretrain ".Length..] : job.Name,
        RewardTuningSpec r => $"seed {r.Seed}",
        FineTuningSpec when job.Name.StartsWith(Tuned, StringComparison.Ordinal) => WithoutSeed(job.Name[Tuned.Length..]),
        FineTuningSpec f => ModelOf(f.Base, all),
        _ => job.Name,
    };

    /// <summary>The name of the model that a reference means: the study pretrained it, or took it from the store.</summary>
    private static string ModelOf(string reference, JobView[] all)
    {
        if (InputRef.IsJob(reference) && all.FirstOrDefault(j => j.JobId == InputRef.JobId(reference)) is { } maker) return Group(maker, all);
        if (all.FirstOrDefault(j => j.Kind == "Pretraining" && j.Result?.Artifact == reference) is { } made) return Group(made, all);
        return reference.Length > 24 ? reference[..24] : reference;
    }
}
