using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>
/// Continues prompts, several at a time: rows are padded on the left, and positions count from each row's first token, so that a row's text is the one
/// that it would have alone.
/// </summary>
internal sealed class TextGenerator(ITokenScorer scorer, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>The answers, in the order of the prompts.</summary>
    /// <exception cref="LearningException">A prompt is empty, holds an id that the model has not, or does not fit into its context with what is asked for.</exception>
    public IReadOnlyList<GeneratedText> Generate(GenerationRequest request, CancellationToken stop = default)
    {
        request.Sampling.Check();
        foreach (var (number, prompt) in request.Prompts.Index())
        {
            if (ProblemOf(prompt, request.MaxTokens) is { } problem) throw new LearningException(request.Prompts.Count == 1 ? problem : $"Prompt {number + 1}: {problem}");
        }

        using var forbidden = Forbidden(request.Tokens);
        var answers = new GeneratedText[request.Prompts.Count];
        long longest = Enumerable.Range(0, answers.Length).Select(number => request.Prompts[number].Count + Most(request, number)).DefaultIfEmpty().Max();
        int batch = scorer.RowsIndependentUpTo is { } independent && longest > independent ? 1 : Math.Max(1, request.Batch);
        // Prompts of like length share a batch: the less padding, the less work.
        foreach (int[] numbers in Enumerable.Range(0, answers.Length).OrderBy(number => request.Prompts[number].Count).Chunk(batch))
            GenerateBatch(request, numbers, answers, forbidden, stop);
        return answers;
    }

    /// <summary>Why a prompt cannot be continued; null: it can.</summary>
    /// <param name="most">New tokens that are asked for; null: nothing says how many.</param>
    public string? ProblemOf(IReadOnlyList<long> prompt, long? most)
    {
        if (prompt.Count == 0) return "The prompt is empty: a model needs a token to begin with.";
        foreach (long id in prompt)
        {
            if (id < 0 || id >= scorer.Vocabulary) return $"The prompt holds the id {id}, and the model's ids are 0 to {scorer.Vocabulary - 1}.";
        }

        if (most is < 1) return $"max-tokens is {most}; it must be 1 or more.";
        if (prompt.Count >= scorer.Context) return $"The prompt has {prompt.Count} tokens, and the model's context is {scorer.Context}: no room is left for an answer.";
        return prompt.Count + most > scorer.Context
            ? $"The prompt has {prompt.Count} tokens; with {most} new ones that is more than the model's context of {scorer.Context}. Ask for at most {scorer.Context - prompt.Count}."
            : null;
    }

    private long Most(GenerationRequest request, int number)
    {
        long prompt = request.Prompts[number].Count, room = scorer.Context - prompt;
        return request.MaxTokens ?? Math.Min(room, request.MaxLength is { } length ? Math.Max(1, length - prompt) : GenerationRequest.ByDefault);
    }

    private void GenerateBatch(GenerationRequest request, int[] numbers, GeneratedText[] answers, Tensor? forbidden, CancellationToken stop)
    {
        using var _ = no_grad();
        using var batch = NewDisposeScope();
        long started = _clock.GetTimestamp();
        var sampler = new Sampler(request.Sampling, [.. numbers.Select(number => request.Numbers?[number] ?? number)], forbidden);
        var rows = numbers.Select((number, row) => new Row(row, number, request.Prompts[number], Most(request, number))).ToList();
        long longest = rows.Max(row => (long)row.Prompt.Count);
        scorer.Begin(rows.Count, longest + rows.Max(row => row.Most));
        var (tokens, layout) = Padded(rows, longest);
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            using var step = NewDisposeScope();
            var logits = scorer.Next(tokens, layout);
            long[] next = sampler.Next(logits, [.. rows.Select(row => row.Place)], [.. rows.Select(row => row.Seen)]);
            for (int i = 0; i < rows.Count; i++) rows[i].Add(next[i], request);
            foreach (var row in rows.Where(row => row.Finish is not null && answers[row.Number] is null))
            {
                answers[row.Number] = new GeneratedText(row.New, row.Finish!.Value, _clock.GetElapsedTime(started).TotalSeconds);
                request.OnEnd?.Invoke(row.Number, answers[row.Number]);
            }

            // An ended row is left out; moving the others costs their cache once, so it waits until it is worth it.
            int running = rows.Count(row => row.Finish is null);
            if (running == 0) return;
            if (running * 2 <= rows.Count)
            {
                scorer.Keep(tensor(rows.Index().Where(pair => pair.Item.Finish is null).Select(pair => (long)pair.Index).ToArray()).to(scorer.Device));
                rows.RemoveAll(row => row.Finish is not null);
            }

            (tokens, layout) = Step(rows);
        }
    }

    private (Tensor Tokens, SequenceLayout Layout) Padded(List<Row> rows, long longest)
    {
        long[] tokens = [.. rows.SelectMany(row => Enumerable.Repeat(0L, (int)(longest - row.Prompt.Count)).Concat(row.Prompt))];
        long[] mask = [.. rows.SelectMany(row => Enumerable.Repeat(0L, (int)(longest - row.Prompt.Count)).Concat(Enumerable.Repeat(1L, row.Prompt.Count)))];
        return (tensor(tokens, [rows.Count, longest], ScalarType.Int64).to(scorer.Device), SequenceLayout.Padded(tensor(mask, [rows.Count, longest], ScalarType.Int64).to(scorer.Device)));
    }

    // Each row's newest token. A row that has ended goes on unread while its batch does.
    private (Tensor Tokens, SequenceLayout Layout) Step(List<Row> rows)
    {
        long[] positions = [.. rows.Select(row => (long)row.Prompt.Count + row.New.Count - 1)];
        var tokens = tensor(rows.Select(row => row.New[^1]).ToArray(), [rows.Count, 1], ScalarType.Int64).to(scorer.Device);
        var places = tensor(positions, [rows.Count, 1], ScalarType.Int64).to(scorer.Device);
        // They outlive the step that made them.
        return (tokens.MoveToOuterDisposeScope(), new SequenceLayout(places.MoveToOuterDisposeScope(), null, null, positions.Max() + 1));
    }

    private Tensor? Forbidden(IReadOnlySet<long>? tokens)
    {
        if (tokens is null || tokens.Count >= scorer.Vocabulary) return null;
        bool[] forbidden = [.. Enumerable.Range(0, (int)scorer.Vocabulary).Select(id => !tokens.Contains(id))];
        using var onCpu = tensor(forbidden, ScalarType.Bool);
        return onCpu.to(scorer.Device, copy: true).DetachFromDisposeScope();
    }

    /// <summary>One text under way.</summary>
    private sealed class Row(int place, int number, IReadOnlyList<long> prompt, long most)
    {
        public int Place { get; } = place;

        public int Number { get; } = number;

        public IReadOnlyList<long> Prompt { get; } = prompt;

        public long Most { get; } = most;

        public List<long> New { get; } = [];

        public HashSet<long> Seen { get; } = [.. prompt];

        public FinishReason? Finish { get; private set; }

        public void Add(long token, GenerationRequest request)
        {
            if (Finish is not null) return;
            New.Add(token);
            Seen.Add(token);
            bool stopped = request.OnToken?.Invoke(Number, token) ?? false;
            Finish = request.Ends.Contains(token) ? FinishReason.Eos : stopped ? FinishReason.Stop : New.Count >= Most ? FinishReason.Length : null;
        }
    }
}
