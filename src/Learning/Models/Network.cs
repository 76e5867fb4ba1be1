using static TorchSharp.torch;

namespace Ptune.Learning.Models;

/// <summary>A network: its parameters, which it owns, and the layers that may carry a delta or a stand-in, by name.</summary>
internal abstract class Network : IDisposable
{
    private readonly Dictionary<string, Linear> _linears = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Embedding> _embeddings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Action<Tensor>> _replace = new(StringComparer.Ordinal);

    public abstract ModelParameters Parameters { get; }

    /// <summary>The linear layers by name: a delta is hung on them.</summary>
    public IReadOnlyDictionary<string, Linear> Linears => _linears;

    /// <summary>The tables by name.</summary>
    public IReadOnlyDictionary<string, Embedding> Embeddings => _embeddings;

    /// <summary>The names of the parameters that may be replaced: all that a layer of the network holds.</summary>
    public IReadOnlyCollection<string> Replaceable => _replace.Keys;

    /// <summary>
    /// Lets <paramref name="value"/> stand in for a parameter in this layer only (where two layers share a tensor, the other keeps it).
    /// It must have the parameter's shape, and stays its owner's.
    /// </summary>
    /// <exception cref="LearningException">There is no such parameter.</exception>
    public void Replace(string parameter, Tensor value)
    {
        if (!_replace.TryGetValue(parameter, out var replace)) throw new LearningException($"The network has no parameter '{parameter}'.");
        replace(value);
    }

    /// <summary>What the passes that begin now do in training; null: the network is in use.</summary>
    public TrainingPass? Training { get; private set; }

    /// <summary>Passes are those of training until the result is disposed of.</summary>
    public IDisposable Train(TrainingPass pass)
    {
        Training = pass;
        return new TrainingEnd(this);
    }

    public virtual void Dispose() => Parameters.Dispose();

    /// <summary>The linear layer of that name.</summary>
    protected Linear BindLinear(string name, bool bias = true, bool transposed = false) =>
        Register(new Linear(name, Parameters[$"{name}.weight"], bias ? Parameters[$"{name}.bias"] : null, transposed));

    /// <summary>Makes a layer known by its name.</summary>
    protected Linear Register(Linear linear)
    {
        _linears.Add(linear.Name, linear);
        _replace.Add($"{linear.Name}.weight", value => linear.Weight = value);
        if (linear.Bias is not null) _replace.Add($"{linear.Name}.bias", value => linear.Bias = value);
        return linear;
    }

    /// <summary>The table of that name.</summary>
    protected Embedding BindEmbedding(string name)
    {
        var embedding = new Embedding(name, Parameters[$"{name}.weight"]);
        _embeddings.Add(name, embedding);
        _replace.Add($"{name}.weight", value => embedding.Weight = value);
        return embedding;
    }

    /// <summary>The blocks of an encoder.</summary>
    protected EncoderBlock[] BindBlocks(EncoderConfig config)
    {
        var names = config.Names;
        return [.. Enumerable.Range(0, config.Layers).Select(number => $"{config.Block}.{number}").Select(block => new EncoderBlock(
            BindLinear($"{block}.{names.Query}", config.ProjectionBias),
            BindLinear($"{block}.{names.Key}", config.ProjectionBias),
            BindLinear($"{block}.{names.Value}", config.ProjectionBias),
            BindLinear($"{block}.{names.Output}"),
            BindLayerNorm($"{block}.{names.AttentionNorm}", config.Epsilon),
            BindLinear($"{block}.{names.Up}"),
            BindLinear($"{block}.{names.Down}"),
            BindLayerNorm($"{block}.{names.MlpNorm}", config.Epsilon),
            config.Heads,
            config.Activation,
            config.NormFirst))];
    }

    protected LayerNorm BindLayerNorm(string name, double epsilon) =>
        Register(name, new LayerNorm(Parameters[$"{name}.weight"], Parameters[$"{name}.bias"], epsilon));

    /// <summary>Makes a normalization's parameters known by its name.</summary>
    protected T Register<T>(string name, T norm) where T : Normalization
    {
        _replace.Add($"{name}.weight", value => norm.Weight = value);
        if (norm.Bias is not null) _replace.Add($"{name}.bias", value => norm.Bias = value);
        return norm;
    }

    private sealed class TrainingEnd(Network network) : IDisposable
    {
        public void Dispose() => network.Training = null;
    }
}
