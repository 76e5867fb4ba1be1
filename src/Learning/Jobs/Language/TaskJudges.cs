using Ptune.Contracts.Specs;

namespace Ptune.Learning.Jobs.Language;

/// <summary>How each task is judged: one line each.</summary>
internal static class TaskJudges
{
    private static readonly Dictionary<Type, Func<JudgedTexts, TaskSpec, Judgement>> _all = [];

    static TaskJudges()
    {
        Add<BitsPerByteTask>((asked, task) => TextLikelihood.Judge(asked.Subject, asked.Texts, asked.Data, task));
        Add<MultipleChoiceTask>((asked, _) => ChoiceAccuracy.Judge(asked.Subject, asked.Texts, asked.Data));
        Add<AccuracyTask>((asked, _) => LabelAccuracy.Judge(asked.Subject, asked.Texts, asked.Data));
        Add<ExactMatchTask>((asked, task) => AnswerMatch.Judge(asked.Subject, asked.Texts, asked.Data, task, asked.Stop));
    }

    /// <summary>Adds a task, before the first one is judged.</summary>
    public static void Add<T>(Func<JudgedTexts, T, Judgement> judge)
        where T : TaskSpec
    {
        _all.Add(typeof(T), (asked, task) => judge(asked, (T)task));
    }

    /// <exception cref="LearningException">The task is unknown here.</exception>
    public static Judgement Judge(JudgedTexts asked, TaskSpec? task) =>
        task is not null && _all.TryGetValue(task.GetType(), out var judge) ? judge(asked, task) : throw new LearningException($"This worker knows no task {task?.GetType().Name ?? "without a kind"}.");
}
