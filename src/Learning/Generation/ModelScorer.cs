using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>A language model with its cache: the logits of the last position only are ever made.</summary>
/// <param name="model">It stays its owner's.</param>
internal sealed class ModelScorer(CausalLanguageModel model) : ITokenScorer
{
    private KeyValueCache? _cache;

    public long Vocabulary => model.Vocabulary;

    public long Context => model.Context;

    public long? RowsIndependentUpTo => model.RowsIndependentUpTo;

    public Device Device => model.Parameters.Device;

    public void Begin(long batch, long capacity)
    {
        _cache?.Dispose();
        _cache = model.NewCache(batch, capacity);
    }

    public Tensor Next(Tensor tokens, SequenceLayout layout)
    {
        using var scope = NewDisposeScope();
        var hidden = model.Hidden(tokens, layout, _cache ?? throw new InvalidOperationException("Begin comes first."));
        return model.Head.Apply(hidden.select(1, tokens.shape[1] - 1)).MoveToOuterDisposeScope();
    }

    public void Keep(Tensor rows)
    {
        var kept = _cache!.Select(rows);
        _cache.Dispose();
        _cache = kept;
    }

    public void Dispose() => _cache?.Dispose();
}
