using Ptune.Cli.Output;
using Ptune.Contracts.Carrying;
using Spectre.Console;

namespace Ptune.Cli.Carrying;

/// <summary>What was found, for people.</summary>
internal static class CarryReport
{
    public static void Write(Terminal terminal, OutputFormat format, CarryResult result, CarryOrder order)
    {
        terminal.Write(format, result, console => Print(console, result, order));
        if (!format.IsTable()) return;
        if (result.Saved is not null) terminal.Note($"{result.Saved} stands for {result.SavedDigest}.");
        else if (order.Save is not null) terminal.Note($"Nothing was saved as {order.Save}, because the verdict is not to carry; --anyway saves it all the same.");
        if (result.Verdict != CarryVerdict.Carry) return;
        terminal.Note("Next:");
        terminal.Note($"  {CarryNext.Of(order, result.Kind == "patch", result.Saved)}");
    }

    private static void Print(IAnsiConsole console, CarryResult result, CarryOrder order)
    {
        TextTable.Pairs(console,
        [
            ("artifact", $"{order.Artifact}, a {result.Kind} of {result.Source} ({result.SourceLicence})"),
            ("target", $"{order.Target} ({result.TargetLicence})"),
            ("weight", result.Weight is { } weight && weight != 1 ? Words.Number(weight, "0.###") : null),
            ("KL from source", $"{Words.Figure(result.Risk.KlFromSource, "0.000")} nats a token, over {Words.Number(result.Risk.Tokens, "#,0")} tokens of the probe"),
            ("C", $"{Words.Number(result.Risk.CMean, "0.0")} mean, {Words.Number(result.Risk.CHigh, "0.0")} at the 95th percentile, {Words.Number(result.Risk.CMax, "0.0")} largest"),
            ("KL moved", $"{Words.Figure(result.Risk.KlMoved, "0.000")} nats a token between the target with and without the artifact"),
        ]);
        console.Line();
        (string Name, CarryComparison? Of)[] rows = [("target, probe", result.Probe), ("source, probe", result.Own), ("target, general", result.General)];
        TextTable.Write(console, ["MODEL AND DATA", "FIGURE", ">BARE", ">CARRIED", ">GAIN", ">95 % INTERVAL", ">N"], rows.Where(row => row.Of is not null).Select(row => Row(row.Name, row.Of!)));
        console.Line();
        console.Line(Retraining(result));
        console.Line($"Verdict: {Sentence(result.Verdict)}");
        foreach (var reason in result.Reasons) console.Line($"  {reason}");
    }

    private static string[] Row(string name, CarryComparison of) =>
    [
        name, of.Metric, CarryWords.Figure(of.Bare, of.Metric), CarryWords.Figure(of.Carried, of.Metric),
        CarryWords.Number(of.Gain, of.Metric), $"{CarryWords.Number(of.Low, of.Metric)} to {CarryWords.Number(of.High, of.Metric)}", Words.Number(of.Count, "#,0"),
    ];

    private static string Retraining(CarryResult result)
    {
        if (result.Probe.Gain <= 0) return "Retraining: no estimate, because the port gains nothing to estimate from.";
        if (result.Retraining is not { } estimate) return $"Retraining: no estimate, because no study of language models in this store has both a carried {result.Kind} and a retraining.";
        var metric = result.Probe.Metric;
        var from = $"from {Words.Count(estimate.Pairs, "port")} in the studies of this store";
        var check = estimate.Error is { } error ? $"estimated from the others in the same way, each of these is off by {CarryWords.Share(error)} at the median" : "one port is not enough to check the estimate";
        return $"Retraining would probably gain {CarryWords.Amount(estimate.Gain, metric)} {(estimate.Pairs > 1 ? $"({CarryWords.Number(estimate.Lowest, metric)} to {CarryWords.Number(estimate.Highest, metric)}), " : "")}{from}; {check}."
            + (estimate.WithoutGain > 0 ? $" {Words.Count(estimate.WithoutGain, "more port")} gained nothing, though retraining did, and {(estimate.WithoutGain == 1 ? "is" : "are")} left out." : "");
    }

    private static string Sentence(CarryVerdict verdict) => verdict switch
    {
        CarryVerdict.Carry => "carry it.",
        CarryVerdict.Retrain => "retrain.",
        _ => "leave it: use the target as it is.",
    };
}
