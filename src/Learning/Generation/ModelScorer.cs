using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Generation;

/// <summary>A language model with its cache: the logits of the last position only are ever made.</summary>
/// <param name="model">It stays its owner's.</param>
/// <param name="prompt">Learnt vectors before each text; null: none.</param>
internal sealed class ModelScorer(CausalLanguageModel model, SoftPrompt? prompt = null) : ITokenScorer
{
    private readonly long _before = prompt?.Length ?? 0;

    private KeyValueCache? _cache;

    public long Vocabulary => model.Vocabulary;

    public long Context => model.Context - _before;

    public long? RowsIndependentUpTo => model.RowsIndependentUpTo - _before;

    public Device Device => model.Parameters.Device;

    public void Begin(long batch, long capacity)
    {
        _cache?.Dispose();
        _cache = model.NewCache(batch, capacity + _before);
    }

    public Tensor Next(Tensor tokens, SequenceLayout layout)
    {
        var cache = _cache ?? throw new InvalidOperationException("Begin comes first.");
        using var scope = NewDisposeScope();
        var embedded = model.Embedding.Apply(tokens);
        if (prompt is not null) (embedded, layout) = cache.Length == 0 ? BehindPrompt(prompt, embedded, layout) : (embedded, Shifted(layout));
        var hidden = model.HiddenOf(embedded, layout, cache);
        return model.Head.Apply(hidden.select(1, hidden.shape[1] - 1)).MoveToOuterDisposeScope();
    }

    public void Keep(Tensor rows)
    {
        var kept = _cache!.Select(rows);
        _cache.Dispose();
        _cache = kept;
    }

    public void Dispose() => _cache?.Dispose();

    // Masked padding between prompt and text changes nothing: positions do not count it.
    private (Tensor Embedded, SequenceLayout Layout) BehindPrompt(SoftPrompt soft, Tensor embedded, SequenceLayout layout)
    {
        long batch = embedded.shape[0], length = embedded.shape[1];
        var vectors = soft.Vectors.to_type(embedded.dtype).unsqueeze(0).expand(batch, _before, embedded.shape[2]);
        var real = layout.Real ?? ones([batch, length], ScalarType.Bool, Device);
        return (cat([vectors, embedded], 1), SequenceLayout.Padded(cat([ones([batch, _before], ScalarType.Bool, Device), real], 1)));
    }

    private SequenceLayout Shifted(SequenceLayout layout) => layout with { Positions = layout.Positions.Plus(_before), Longest = layout.Longest + _before };
}
