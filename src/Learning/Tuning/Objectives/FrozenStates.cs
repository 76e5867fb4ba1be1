using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>
/// A frozen network whose final hidden states are computed once, example by example in batches of like length, and read in every step: its head alone is still used, so
/// softmax(log_softmax(W h) + r) is exact. Which examples stand together in a step does not matter, since none sees another.
/// </summary>
/// <param name="network">Frozen, without deltas.</param>
/// <param name="states">Where they are kept.</param>
internal sealed class FrozenStates(LanguageNetwork network, NetworkStates states) : ITokenNetwork, IDisposable
{
    private readonly Dictionary<EncodedExample, Tensor> _known = new(ReferenceEqualityComparer.Instance);
    private readonly List<IDisposable> _files = [];

    public Device Device => network.Device;

    public long Context => network.Context;

    public long? RowsIndependentUpTo => network.RowsIndependentUpTo;

    /// <summary>Bytes of the states that are read.</summary>
    public long Bytes { get; private set; }

    /// <summary>Computes the states of examples, or finds them where another job has.</summary>
    /// <param name="pad">The id of padding.</param>
    /// <param name="batchTokens">At most so many tokens at once.</param>
    /// <param name="report">Told how many of how many batches are done; it may throw to end.</param>
    /// <exception cref="IOException">The disk is full.</exception>
    public void Add(IReadOnlyList<EncodedExample> examples, int pad, long batchTokens, Action<int, int> report)
    {
        var batches = LengthBatches.Of(examples, batchTokens, RowsIndependentUpTo).Select(batch => batch.Select(row => examples[row]).ToList()).ToList();
        int done = 0;
        var left = new List<List<EncodedExample>>();
        foreach (var batch in batches) Take(batch, null);
        // What another job was just computing is waited for at the end: two that begin together share the work.
        foreach (var batch in left.ToList()) Take(batch, () => report(done, batches.Count));

        void Take(List<EncodedExample> batch, Action? wait)
        {
            report(done, batches.Count);
            if (Open(batch, pad, wait) is not { } file) left.Add(batch);
            else Keep(batch, file, ++done);
        }
    }

    public IReadOnlyList<HeadTerm> Terms(TokenBatch batch, Tensor rows)
    {
        if (batch.Examples.Count == 0 || !batch.Examples.All(_known.ContainsKey)) return network.Terms(batch, rows);
        var hidden = cat([.. batch.Examples.Select(example => _known[example])], 0).to(rows.device);
        if (hidden.shape[0] != rows.shape[0]) throw new InvalidOperationException($"There are {hidden.shape[0]} states for {rows.shape[0]} tokens.");
        return [.. HeadTerm.Of(network.Model.Head, hidden)];
    }

    public void Dispose()
    {
        foreach (var tensor in _known.Values) tensor.Dispose();
        foreach (var file in _files) file.Dispose();
    }

    private SafetensorsFile? Open(List<EncodedExample> examples, int pad, Action? wait)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        int longest = examples.Max(example => example.Length);
        var batch = TokenBatch.Of([.. examples.Select(example => TokenBlock.Of([example], longest, pad))], Device);
        var (rows, _) = batch.Trained();
        return states.Open(batch.Ids, batch.Layout, rows, () => network.Hidden(batch, rows), wait);
    }

    private void Keep(List<EncodedExample> examples, SafetensorsFile file, int number)
    {
        _files.Add(file);
        using var all = HiddenStateCache.Read(file);
        Bytes += all.NumberOfElements * all.element_size();
        long at = 0;
        foreach (var example in examples)
        {
            int count = example.TrainedTokens;
            _known[example] = all.narrow(0, at, count).DetachFromDisposeScope();
            at += count;
        }

        if (at != all.shape[0]) throw new InvalidOperationException($"Batch {number} has {all.shape[0]} states for {at} tokens.");
    }
}
