using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Finds each parameter of an architecture among a checkpoint's tensors; nothing is ever drawn at random for one that is not there.</summary>
internal sealed class WeightNames(ModelFamily family, JsonWords config, ShardedWeights weights)
{
    // Wrappers whose whole state was saved instead of the model's.
    private static readonly (string Prefix, string Cause)[] _wrappers =
    [
        ("module.", "DataParallel"),
        ("_orig_mod.", "torch.compile"),
        ("base_model.model.", "PEFT (merge the adapter before saving)"),
    ];

    private static readonly string[] _computed = ["F32", "F16", "BF16", "F64"];

    private readonly HashSet<string> _names = [.. weights.Names];

    /// <summary>The tensor of each parameter, and the configuration as the weights bear it out (a head of its own where one is said to be tied).</summary>
    /// <param name="read">What the configuration says.</param>
    /// <param name="withoutHead">A classifier may lack its head.</param>
    /// <exception cref="ModelRefusedException">A tensor is missing, has another shape, or a type that cannot be computed with.</exception>
    public (PretrainedConfig Config, IReadOnlyDictionary<string, string> Keys) Match(PretrainedConfig read, bool withoutHead)
    {
        if (_names.Count == 0) throw config.Refuse($"{weights.Files[0]} holds no tensor.");
        RefuseWrappers();
        var fitting = read is DecoderConfig decoder ? Heads(decoder) : withoutHead ? read.WithoutHead(parameter => Find(parameter) is not null) : read;
        var keys = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        foreach (var parameter in fitting.Parameters)
        {
            if (Find(parameter.Name) is { } key) keys.Add(parameter.Name, key);
            else missing.Add(parameter.Name);
        }

        if (fitting is DecoderConfig { Tied: true } tied) TakeEmbeddingFromHead(tied, keys, missing);
        if (missing.Count > 0) throw Missing(fitting, missing);
        foreach (var parameter in fitting.Parameters) Check(fitting, parameter, keys[parameter.Name]);
        NoteStrangers(fitting, keys.Values);
        return (fitting, keys);
    }

    private string? Find(string parameter) => family.NamesOf(parameter).FirstOrDefault(_names.Contains);

    private void RefuseWrappers()
    {
        foreach (var (prefix, cause) in _wrappers)
        {
            if (_names.All(name => name.StartsWith(prefix, StringComparison.Ordinal)))
                throw config.Refuse($"every tensor's name begins with '{prefix}', as {cause} saves it. Save the model itself, without the wrapper.");
        }
    }

    // transformers ties a head only where the file has none, or the same one.
    private DecoderConfig Heads(DecoderConfig decoder)
    {
        string head = $"{decoder.Names.Head}.weight", embedding = $"{decoder.Names.Embedding}.weight";
        if (!decoder.Tied || Find(head) is not { } own || Find(embedding) is not { } table || Equal(own, table)) return decoder;
        config.Notes.Add($"tie_word_embeddings is true, yet the file holds another {head} than the embedding; the head of the file counts, as in transformers 5.");
        return decoder with { Tied = false };
    }

    private bool Equal(string first, string second)
    {
        if (!weights.Entry(first).Shape.AsSpan().SequenceEqual(weights.Entry(second).Shape)) return false;
        using var a = weights.Tensor(first);
        using var b = weights.Tensor(second);
        return a.dtype == b.dtype && a.Equals(b);
    }

    private void TakeEmbeddingFromHead(DecoderConfig decoder, Dictionary<string, string> keys, List<string> missing)
    {
        string embedding = $"{decoder.Names.Embedding}.weight";
        if (!missing.Contains(embedding) || Find($"{decoder.Names.Head}.weight") is not { } head) return;
        missing.Remove(embedding);
        keys.Add(embedding, head);
    }

    private ModelRefusedException Missing(PretrainedConfig fitting, List<string> missing)
    {
        string saved = config.Texts("architectures") is [var name, ..] ? $" It was saved from {Readable.Text(name)}." : "";
        string where = weights.Files.Count == 1 ? weights.Files[0] : $"{weights.Files.Count} shards of {Path.GetDirectoryName(weights.Files[0])}";
        if (fitting is DecoderConfig decoder && missing is [var only] && only == $"{decoder.Names.Head}.weight")
        {
            return config.Refuse(
                $"there is no {only} in {where}, and tie_word_embeddings is not true.{saved} A random head would be wrong: if the head is the embedding, set \"tie_word_embeddings\": true.");
        }

        return config.Refuse($"{where}: no tensor {Readable.Some(missing)}.{saved} Nothing is drawn at random in its place.");
    }

    private void Check(PretrainedConfig fitting, ParameterDeclaration parameter, string key)
    {
        var entry = weights.Entry(key);
        string what = $"{weights.FileOf(key)}: tensor '{Readable.Text(key)}'";
        if (!entry.Shape.AsSpan().SequenceEqual(parameter.Shape))
            throw new ModelRefusedException($"{what} is {Readable.Shape(entry.Shape)}; it must be {Readable.Shape(parameter.Shape)}{fitting.ReasonOf(parameter)}.");
        if (!_computed.Contains(entry.Type.Name))
            throw new ModelRefusedException($"{what} is {entry.Type.Name}: quantised numbers mean nothing without their scales. Known are {string.Join(", ", _computed)}.");
    }

    private void NoteStrangers(PretrainedConfig fitting, IEnumerable<string> used)
    {
        var known = used.ToHashSet();
        if (fitting is DecoderConfig { Tied: true } tied && Find($"{tied.Names.Head}.weight") is { } head) known.Add(head);
        var strangers = _names.Where(name => !known.Contains(name) && !family.Buffers.Any(buffer => name == buffer || name.EndsWith($".{buffer}", StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal).ToList();
        if (strangers.Count > 0) config.Notes.Add($"The files hold tensors that the configuration does not ask for; they are not read: {Readable.Some(strangers)}.");
    }
}
