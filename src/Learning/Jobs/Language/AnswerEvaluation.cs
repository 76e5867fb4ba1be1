using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Transfer.Language;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// What a model with what is carried to it answers: its score of each answer, plus weight r / lambda of each reward, plus weight (tuned - source) of an emulated tuning. Each network
/// reads the text with its own tokenizer. Constants of an example cancel, so that no score need be normalized.
/// </summary>
internal static class AnswerEvaluation
{
    // Rounding of f32 is far below it, and what a trained reward adds far above.
    private const double _least = 1e-6;

    /// <summary>Whether a task's answers are combined here, and not token by token.</summary>
    /// <exception cref="LearningException">Some of the rewards are over tokens and some over answers.</exception>
    public static bool Applies(JobContext context, EvaluationSpec spec)
    {
        if (spec.Task is not (AccuracyTask or MultipleChoiceTask)) return false;
        var rewards = (spec.Rewards ?? []).Select((_, number) => RewardFacts.Read(context.Input(CarriedInputs.Reward(number)), Name(number, spec.Rewards!.Length))).ToList();
        int overTokens = rewards.Count(facts => facts.Answers is null);
        if (overTokens > 0 && overTokens < rewards.Count) throw new TransferException("Some of the rewards are over tokens and some over answers. Use rewards of one kind.");
        return overTokens == 0 && (rewards.Count > 0 || spec.Emulated is not null || spec.Task is AccuracyTask);
    }

    public static Judgement Judge(JobContext context, EvaluationSpec spec, TextSelection texts)
    {
        // One network after the other is in memory: of each only its scores are kept.
        bool isPatched = context.Run.Inputs.ContainsKey("patch");
        var own = context.Run.Inputs.ContainsKey("subject") ? Scores(context, spec, texts, "subject", isPatched, "The subject") : null;
        var added = Added(context, spec, texts);
        if (own is not null && added is not null) RequireEffect(added);
        var answered = own is null ? added ?? throw new LearningException("There is neither a subject nor a reward.") : added is null ? own : Sum(own, added, 1);
        var judgement = texts.Labels is null ? ChoiceAccuracy.Of(texts, answered) : LabelAccuracy.Of(texts, answered);
        if (spec.Source is null || own is null) return judgement;
        var source = Scores(context, spec, texts, "source", isPatched: false, "The source");
        var before = isPatched ? Scores(context, spec, texts, "subject", isPatched: false, "The subject") : own;
        var carried = isPatched ? Sum(Sum(added, Scores(context, spec, texts, "source", isPatched: true, "The source"), 1), source, -1) : added!;
        AnswerRisk.Add(judgement.Metrics, source, before, answered, carried);
        return judgement;
    }

    private static double[][] Scores(JobContext context, EvaluationSpec spec, TextSelection texts, string role, bool isPatched, string name)
    {
        using var model = LoadedAnswers.Load(Folder(context, role), isPatched ? context.Input("patch") : null, [context.InputDigest(role)], name, spec.Dtype, context);
        return [.. model.Model.Scores(texts, spec.Data, context.Run.Stop)];
    }

    private static double[][]? Added(JobContext context, EvaluationSpec spec, TextSelection texts)
    {
        double[][]? sum = null;
        foreach (var (number, use) in (spec.Rewards ?? []).Index())
        {
            var folder = Folder(context, CarriedInputs.Reward(number));
            string name = Name(number, spec.Rewards!.Length);
            var facts = RewardFacts.Read(folder.Path, name);
            RequireAnswers(facts, texts, name);
            using var reward = LoadedAnswers.Reward(facts, folder, use.Source is null ? null : Folder(context, CarriedInputs.RewardSource(number)), name, spec.Dtype, context);
            sum = Sum(sum, reward.Model.Scores(texts, spec.Data, context.Run.Stop), use.Weight / facts.Lambda);
        }

        if (spec.Emulated is not { } emulated) return sum;
        foreach (var (role, name, weight) in new[] { (CarriedInputs.Tuned, "The tuned source", emulated.Weight), (CarriedInputs.Source, "The source", -emulated.Weight) })
        {
            using var model = LoadedAnswers.Load(Folder(context, role), null, [], name, spec.Dtype, context);
            sum = Sum(sum, model.Model.Scores(texts, spec.Data, context.Run.Stop), weight);
        }

        return sum;
    }

    private static void RequireAnswers(RewardFacts facts, TextSelection texts, string name)
    {
        if (facts.Labels is { } labels) AnswerContract.Require(name, labels, texts.Labels);
        else if (texts.Labels is not null) throw new TransferException($"{name} is over the choices of questions, and these are labelled texts. Use data of the format multipleChoice, or a reward that was tuned on labels.");
    }

    private static double[][] Sum(double[][]? sum, IReadOnlyList<double[]> scores, double factor) =>
        [.. scores.Select((own, example) => own.Select((score, answer) => (sum is null ? 0 : sum[example][answer]) + (factor * score)).ToArray())];

    private static void RequireEffect(double[][] added)
    {
        if (added.Any(answers => answers.Max() - answers.Min() > _least)) return;
        throw new TransferException("The port does nothing: on every example what is carried adds the same to all answers. The reward is the same for all of them, or the tuned source equals its source; was it trained?");
    }

    private static string Name(int number, int of) => of == 1 ? "The reward" : $"Reward {number + 1}";

    private static ArtifactFolder Folder(JobContext context, string role) => new(context.Input(role), context.InputDigest(role));
}
