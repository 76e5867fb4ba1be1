using Ptune.Learning.Models.Language;
using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// A Hugging Face folder whose configuration and headers were read and found to fit together; no weight has been touched yet. What loads, but is
/// worth a sentence, stands in <see cref="Notes"/>.
/// </summary>
internal sealed class PretrainedFolder : IDisposable
{
    public const string ConfigFile = "config.json";

    private readonly IReadOnlyDictionary<string, string> _keys;

    private PretrainedFolder(FolderFiles files, ModelFamily family, PretrainedConfig config, ShardedWeights weights, IReadOnlyDictionary<string, string> keys, List<string> notes) =>
        (Files, Family, Config, Weights, _keys, Notes) = (files, family, config, weights, keys, notes);

    public FolderFiles Files { get; }

    public ModelFamily Family { get; }

    public PretrainedConfig Config { get; }

    public ShardedWeights Weights { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>The tensor of the files that holds a parameter, by the parameter's name.</summary>
    public IReadOnlyDictionary<string, string> Keys => _keys;

    /// <summary>Reads a folder's configuration and headers.</summary>
    /// <exception cref="LearningException">It holds no model that can be computed rightly.</exception>
    public static PretrainedFolder Open(string path)
    {
        var files = new FolderFiles(path);
        var notes = new List<string>();
        var words = ModelConfig.Open(files, notes);
        var family = ModelFamilies.Of(words);
        ModelConfig.RefuseWhatIsNotComputed(words, family);
        var config = family.Read(words);
        var weights = ShardedWeights.Open(files, notes, ModelConfig.WeightsFile(words, files));
        try
        {
            var (fitting, keys) = new WeightNames(family, words, weights).Match(config);
            return new PretrainedFolder(files, family, fitting, weights, keys, notes);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>The parameters in <paramref name="type"/>: mapped where they are stored so, else converted in memory.</summary>
    /// <remarks>They lie over this folder's mappings, which the caller keeps open as long.</remarks>
    public FrozenParameters Load(ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (parameter, key) in _keys)
            tensors.Add(parameter, Weights.Tensor(key).to(type, device).DetachFromDisposeScope());
        return new FrozenParameters(tensors, device, this);
    }

    /// <summary>The language model of this folder, which then owns the folder.</summary>
    /// <exception cref="ModelRefusedException">It holds another kind of model.</exception>
    public CausalLanguageModel LanguageModel(ScalarType type, Device device) => Config is DecoderConfig decoder
        ? new Decoder(decoder, Load(type, device))
        : throw new ModelRefusedException($"{Files.Folder} holds a {Config.ModelType}, and a language model is needed.");

    /// <summary>The network of this folder, whatever it is, which then owns the folder.</summary>
    public Network Network(ScalarType type, Device device) => Config switch
    {
        DecoderConfig decoder => new Decoder(decoder, Load(type, device)),
        BertConfig bert => new Bert(bert, Load(type, device)),
        HfVitConfig vit => new HfVit(vit, Load(type, device)),
        ClipConfig clip => new Clip(clip, Load(type, device)),
        _ => throw new InvalidOperationException($"No network for {Config.GetType().Name}."),
    };

    public void Dispose() => Weights.Dispose();
}
