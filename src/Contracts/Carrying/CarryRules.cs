namespace Ptune.Contracts.Carrying;

/// <summary>From figures to a verdict. docs/language-transfer.md states the same rules in words.</summary>
public static class CarryRules
{
    /// <summary>On fewer examples nothing is carried: an interval over them says little.</summary>
    public const int LeastExamples = 30;

    /// <summary>A port that keeps less than this share of what a retraining would probably gain is not worth it.</summary>
    public const double LeastKept = 0.5;

    public static CarryDecision Decide(CarryFigures figures)
    {
        var probe = figures.Probe;
        if (probe.Count < LeastExamples)
            return new(CarryVerdict.Leave, [$"The probe has {probe.Count} examples. At least {LeastExamples} are needed to tell a gain from chance."]);
        return probe.IsGain ? OfAGain(figures) : WithoutGain(figures);
    }

    private static CarryDecision OfAGain(CarryFigures figures)
    {
        var (probe, general, retraining) = (figures.Probe, figures.General, figures.Retraining);
        var gain = $"The artifact improves the target on the probe by {CarryWords.Gain(probe)}.";
        if (general is { IsLoss: true } && (general.Metric != probe.Metric || -general.Gain >= probe.Gain))
            return new(CarryVerdict.Retrain, [$"On the general data the target becomes worse by {CarryWords.Loss(general)}{(general.Metric == probe.Metric ? ", which is no less than what it gains on the probe" : "")}.", gain]);
        if (retraining is { IsReliable: true } && probe.Gain < LeastKept * retraining.Gain)
            return new(CarryVerdict.Retrain, [$"A retraining would probably gain {CarryWords.Amount(retraining.Gain, probe.Metric)}; the port keeps {CarryWords.Share(probe.Gain / retraining.Gain)} of that.", gain]);
        var forgets = general switch
        {
            null => "What the target forgets is not visible on the probe; it was not measured.",
            { IsLoss: true } => $"On the general data the target becomes worse by {CarryWords.Loss(general)}, less than it gains.",
            _ => "On the general data no loss beyond chance was found.",
        };
        return new(CarryVerdict.Carry, [gain, forgets]);
    }

    private static CarryDecision WithoutGain(CarryFigures figures)
    {
        var (probe, own) = (figures.Probe, figures.Own);
        var none = probe.IsLoss ? $"The artifact makes the target worse on the probe, by {CarryWords.Loss(probe)}." : $"On the probe no gain beyond chance was found: {CarryWords.Gain(probe)}.";
        if (!own.IsGain)
            return new(CarryVerdict.Leave, [none, "On its own source, too, the artifact gains nothing beyond chance on the probe: these examples do not show what it was tuned for."]);
        var sign = CarryComparison.IsLowGood(probe.Metric) ? -1 : 1;
        if (sign * (probe.Bare - own.Carried) >= 0)
            return new(CarryVerdict.Leave, [none, $"The target alone ({CarryWords.Figure(probe.Bare, probe.Metric)}) is at least as good on the probe as the tuned source ({CarryWords.Figure(own.Carried, own.Metric)})."]);
        return new(CarryVerdict.Retrain, [none, $"On its own source the artifact gains {CarryWords.Gain(own)}, and the tuned source is better than the target alone: there is something to learn that the port does not bring."]);
    }
}
