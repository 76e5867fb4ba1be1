using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Adaptation;

/// <summary>All tensors of an adapter of one network, and how they are hung on it.</summary>
internal sealed class AdapterLayout(Network network)
{
    private const int _shownLayers = 8;

    private readonly List<AdapterPart> _parts = [];
    private readonly List<Action<Func<string, Tensor>>> _attach = [];
    private readonly HashSet<string> _adapted = new(StringComparer.Ordinal);
    private readonly List<LoraModule> _lora = [];
    private readonly ModuleNames _names = ModuleNames.Of(network);

    public IReadOnlyList<AdapterPart> Parts => _parts;

    /// <summary>The modules with a low-rank delta.</summary>
    public IReadOnlyList<LoraModule> Lora => _lora;

    /// <summary>The same, by all their names.</summary>
    public IReadOnlySet<string> Adapted => _adapted;

    /// <summary>New rows of the token table, and the ids that they belong to; null: none.</summary>
    public (AdapterPart Part, IReadOnlyList<long> Ids)? Rows { get; private set; }

    /// <summary>Low-rank deltas where the settings say so.</summary>
    /// <param name="whole">Layers that are trained whole, and get none.</param>
    /// <exception cref="AdapterRefusedException">They mean no layer of the network.</exception>
    public AdapterLayout AddLora(LoraSettings settings, params IReadOnlyList<string> whole)
    {
        foreach (var layer in network.Linears.Values.Where(layer => !whole.Contains(layer.Name) && settings.Targets.Cover(_names.Of(layer.Name), layer.Name != _names.Head))) AddLora(settings, layer);
        foreach (var table in network.Embeddings.Values.Where(table => settings.Targets.Cover(_names.Of(table.Name), isLinear: false))) AddLora(settings, table);
        if (_adapted.Count == 0)
            throw new AdapterRefusedException($"target_modules {settings.Targets.Modules?.Shown ?? "all-linear"} means no layer of the base. Its layers are {Readable.Some([.. network.Linears.Keys], _shownLayers)}.");
        return this;
    }

    /// <summary>Whole copies of modules: all parameters of each module whose name ends so.</summary>
    /// <param name="modules">PEFT's <c>modules_to_save</c>.</param>
    public AdapterLayout AddSaved(ModulePattern modules)
    {
        foreach (string parameter in network.Replaceable.Where(parameter => Modules(parameter).Any(module => modules.Matches(_names.Of(module))))) AddWhole(parameter, KeysOf(parameter));
        return this;
    }

    /// <summary>Whole new biases: of the layers with a delta, or of all layers.</summary>
    public AdapterLayout AddBiases(bool all)
    {
        foreach (string parameter in network.Replaceable.Where(parameter => parameter.EndsWith(".bias", StringComparison.Ordinal)))
        {
            string module = ModuleOf(parameter);
            if (_adapted.Contains(module)) AddWhole(parameter, [.. _names.Of(module).Select(name => $"{name}.base_layer.bias")]);
            else if (all) AddWhole(parameter, KeysOf(parameter));
        }

        return this;
    }

    /// <summary>New rows of the token table for some ids; of a tied head, too.</summary>
    /// <exception cref="AdapterRefusedException">An id is out of range.</exception>
    public AdapterLayout AddTokens(CausalLanguageModel model, IReadOnlyList<long> ids)
    {
        long rows = model.Embedding.Weight.shape[0], width = model.Embedding.Weight.shape[1];
        if (ids.Any(id => id < 0 || id >= rows)) throw new AdapterRefusedException($"trainable_token_indices has the id {ids.First(id => id < 0 || id >= rows)}, but the base's vocabulary has {rows} (0 to {rows - 1}).");
        var part = new AdapterPart([.. _names.Of(model.Embedding.Name).Select(name => $"{name}.token_adapter.trainable_tokens_delta")], [ids.Count, width], ParameterInits.Zeros);
        bool tied = !model.Parameters.Has($"{model.Head.Name}.weight");
        Rows = (part, ids);
        Add(part, tensors =>
        {
            var index = tensor(ids.ToArray(), ScalarType.Int64, device: model.Embedding.Weight.device);
            // A row of its own for each id, so the table is a copy; it lives as long as the network.
            var table = model.Embedding.Weight.index_copy(0, index, tensors(part.Key).to_type(model.Embedding.Weight.dtype)).DetachFromDisposeScope();
            model.Embedding.Weight = table;
            if (tied) model.Head.Weight = table;
        });
        return this;
    }

    /// <summary>A bottleneck behind a layer.</summary>
    /// <param name="init">Of both matrices; near zero, so that the network starts as it was.</param>
    public AdapterLayout AddBottleneck(Linear layer, long size, ParameterInit init)
    {
        var names = _names.Of(layer.Name);
        var downWeight = Part("down.weight", init, size, layer.Outputs);
        var downBias = Part("down.bias", ParameterInits.Zeros, size);
        var upWeight = Part("up.weight", init, layer.Outputs, size);
        var upBias = Part("up.bias", ParameterInits.Zeros, layer.Outputs);
        _parts.AddRange([downWeight, downBias, upWeight, upBias]);
        _attach.Add(tensors => layer.Delta = new BottleneckDelta((tensors(downWeight.Key), tensors(downBias.Key)), (tensors(upWeight.Key), tensors(upBias.Key))));
        return this;

        AdapterPart Part(string end, ParameterInit drawn, params long[] shape) => new([.. names.Select(name => $"{name}.{end}")], shape, drawn);
    }

    /// <summary>Hangs the tensors, found by their parts' keys, on the network.</summary>
    public void Attach(Func<string, Tensor> tensors)
    {
        foreach (var attach in _attach) attach(tensors);
    }

    private void AddLora(LoraSettings settings, Linear layer)
    {
        var names = _names.Of(layer.Name);
        long rank = settings.RankOf(names);
        var a = new AdapterPart([.. names.Select(name => $"{name}.lora_A.weight")], [rank, layer.Inputs], ParameterInits.FanIn(layer.Inputs)) { RankDimension = 0 };
        var b = new AdapterPart([.. names.Select(name => $"{name}.lora_B.weight")], [layer.Outputs, rank], ParameterInits.Zeros) { RankDimension = 1 };
        _parts.Add(a);
        Add(b, tensors => layer.Delta = new LoraDelta(tensors(a.Key), tensors(b.Key), settings.ScaleOf(names)) { Dropout = settings.Dropout, Network = network });
        Remember(settings, names);
    }

    private void AddLora(LoraSettings settings, Embedding table)
    {
        var names = _names.Of(table.Name);
        long rank = settings.RankOf(names), rows = table.Weight.shape[0], width = table.Weight.shape[1];
        // PEFT starts A at zero and B normal here, the other way round.
        var a = new AdapterPart([.. names.Select(name => $"{name}.lora_embedding_A")], [rank, rows], ParameterInits.Zeros) { RankDimension = 0 };
        var b = new AdapterPart([.. names.Select(name => $"{name}.lora_embedding_B")], [width, rank], ParameterInits.Normal(1)) { RankDimension = 1 };
        _parts.Add(a);
        Add(b, tensors => table.Delta = new LoraRowsDelta(tensors(a.Key), tensors(b.Key), settings.ScaleOf(names)));
        Remember(settings, names);
    }

    private void Remember(LoraSettings settings, IReadOnlyList<string> names)
    {
        _adapted.UnionWith(names);
        _lora.Add(new LoraModule(names[0], settings.RankOf(names), settings.AlphaOf(names)));
    }

    private void AddWhole(string parameter, IReadOnlyList<string> keys)
    {
        // A tied head has no parameter of its own: it is the embedding's.
        var own = network.Parameters.Has(parameter) ? network.Parameters[parameter] : network.Linears[ModuleOf(parameter)].Weight;
        var part = new AdapterPart(keys, own.shape, ParameterInits.Zeros) { Parameter = parameter, CopyOf = own };
        Add(part, tensors => network.Replace(parameter, InTypeOf(own, tensors(part.Key))));
    }

    // A layer computes in one type. What is trained comes in it (Adapter.Copies).
    private static Tensor InTypeOf(Tensor own, Tensor value) => value.dtype == own.dtype ? value : value.to_type(own.dtype).DetachFromDisposeScope();

    private void Add(AdapterPart part, Action<Func<string, Tensor>> attach)
    {
        _parts.Add(part);
        _attach.Add(attach);
    }

    private IReadOnlyList<string> KeysOf(string parameter) => [.. _names.Of(ModuleOf(parameter)).Select(name => name + parameter[ModuleOf(parameter).Length..])];

    private static string ModuleOf(string parameter) => parameter[..parameter.LastIndexOf('.')];

    // The module itself and those around it.
    private static IEnumerable<string> Modules(string parameter)
    {
        for (int end = parameter.LastIndexOf('.'); end > 0; end = parameter.LastIndexOf('.', end - 1)) yield return parameter[..end];
    }
}
