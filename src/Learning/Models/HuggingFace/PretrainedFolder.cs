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

    private readonly Dictionary<string, string> _ownHead;

    private PretrainedFolder(FolderFiles files, ModelFamily family, PretrainedConfig config, ShardedWeights weights, IReadOnlyDictionary<string, string> keys, List<string> notes, NewHead? head)
    {
        (Files, Family, Weights, Notes, Head) = (files, family, weights, notes, head);
        Config = head is null ? config : config.WithClasses(head.Labels);
        Keys = head is null ? keys : keys.Where(pair => !config.IsOfHead(pair.Key)).ToDictionary(StringComparer.Ordinal);
        IsHeadless = family.Headless.Count > 0 && config.Classes is null;
        _ownHead = keys.Where(pair => config.IsOfHead(pair.Key)).ToDictionary(StringComparer.Ordinal);
    }

    public FolderFiles Files { get; }

    public ModelFamily Family { get; }

    public PretrainedConfig Config { get; }

    public ShardedWeights Weights { get; }

    public IReadOnlyList<string> Notes { get; }

    /// <summary>What stands in for the files' classification head; null: nothing.</summary>
    public NewHead? Head { get; }

    /// <summary>Whether the files hold a classifier without its head.</summary>
    public bool IsHeadless { get; }

    /// <summary>The parameters that are not in the files: those of <see cref="Head"/>.</summary>
    public IEnumerable<ParameterDeclaration> New => Head is null ? [] : Config.Parameters.Where(parameter => Config.IsOfHead(parameter.Name));

    /// <summary>The tensor of the files that holds a parameter, by the parameter's name.</summary>
    public IReadOnlyDictionary<string, string> Keys { get; }

    /// <summary>Reads a folder's configuration and headers.</summary>
    /// <exception cref="LearningException">It holds no model that can be computed rightly.</exception>
    public static PretrainedFolder Open(string path) => Open(path, null, withoutHead: false);

    /// <summary>The same, with another classification head than the files have; a head that is drawn needs none there.</summary>
    /// <exception cref="LearningException">It holds no classifier that can be computed rightly.</exception>
    public static PretrainedFolder Open(string path, NewHead? head) => Open(path, head, withoutHead: head is { Rows: null });

    /// <summary>The same of a folder whose classifier may lack its head, to be looked at or tuned: such a network is computed only with a new head.</summary>
    /// <exception cref="LearningException">It holds no model that can be computed rightly.</exception>
    public static PretrainedFolder OpenWithoutHead(string path) => Open(path, null, withoutHead: true);

    private static PretrainedFolder Open(string path, NewHead? head, bool withoutHead)
    {
        var files = new FolderFiles(path);
        var notes = new List<string>();
        // It is said before anything of the configuration: no change there would make such weights readable.
        if (files.Find(ConfigFile) is not null) ShardedWeights.RefusePickled(files);
        var words = ModelConfig.Open(files, notes);
        var family = ModelFamilies.Of(words);
        ModelConfig.RefuseWhatIsNotComputed(words, family, withoutHead);
        var config = family.Read(words);
        var weights = ShardedWeights.Open(files, notes, ModelConfig.WeightsFile(words, files));
        try
        {
            var (fitting, keys) = new WeightNames(family, words, weights).Match(config, withoutHead);
            return new PretrainedFolder(files, family, fitting, weights, keys, notes, head);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>A parameter as it is stored, or of a new head, on the CPU: it must go before this object.</summary>
    public Tensor Value(string parameter) =>
        Keys.TryGetValue(parameter, out string? key) ? Weights.Tensor(key) : Head!.Value(New, parameter, () => Weights.Tensor(_ownHead[parameter]));

    /// <summary>
    /// The parameters in <paramref name="type"/>: mapped where they are stored so, else from <paramref name="cache"/>, else converted in memory. They then
    /// own this folder.
    /// </summary>
    /// <param name="cache">Where converted weights lie, and the model's digest; null: they are converted in memory.</param>
    public FrozenParameters Load(ScalarType type, Device device, (WeightCache Files, string Digest)? cache = null)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var converted = device.type == DeviceType.CPU && cache is { } known ? known.Files.Open(this, known.Digest, type) : null;
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var (parameter, key) in Keys)
        {
            bool isConverted = converted?.Header.Entries.ContainsKey(parameter) == true;
            tensors.Add(parameter, (isConverted ? converted!.Tensor(parameter) : Weights.Tensor(key).to(type, device)).DetachFromDisposeScope());
        }

        foreach (var parameter in New) tensors.Add(parameter.Name, Value(parameter.Name).to(type, device).DetachFromDisposeScope());

        return new FrozenParameters(tensors, device, converted is null ? this : new Sources(this, converted));
    }

    /// <summary>The parameters each in the type that it is stored in, mapped: to be read one by one, since a network computes in one type. They then own this folder.</summary>
    public FrozenParameters LoadAsStored() =>
        new(Keys.Keys.Concat(New.Select(parameter => parameter.Name)).ToDictionary(name => name, name => Value(name).DetachFromDisposeScope(), StringComparer.Ordinal), CPU, this);

    /// <summary>The parameters as they are to be trained: f32, in one buffer; this folder may be closed after it.</summary>
    public TrainableParameters LoadTrainable(Device device)
    {
        var parameters = TrainableParameters.Of(Config.Parameters, device);
        parameters.CopyFrom(Value);
        return parameters;
    }

    /// <summary>The language model of this folder, which then owns the folder.</summary>
    /// <exception cref="ModelRefusedException">It holds another kind of model.</exception>
    public CausalLanguageModel LanguageModel(ScalarType type, Device device, (WeightCache Files, string Digest)? cache = null) => Config is DecoderConfig decoder
        ? new Decoder(decoder, Load(type, device, cache))
        : throw new ModelRefusedException($"{Files.Folder} holds a {Config.ModelType}, and a language model is needed.");

    /// <summary>The network of this folder, whatever it is, which then owns the folder.</summary>
    public Network Network(ScalarType type, Device device, (WeightCache Files, string Digest)? cache = null) => Network(Load(type, device, cache));

    /// <summary>The network of this folder over other parameters of the same names, which it then owns.</summary>
    public Network Network(ModelParameters parameters) => Config switch
    {
        DecoderConfig decoder => new Decoder(decoder, parameters),
        BertConfig bert => new Bert(bert, parameters),
        HfVitConfig vit => new HfVit(vit, parameters),
        ClipConfig clip => new Clip(clip, parameters),
        _ => throw new InvalidOperationException($"No network for {Config.GetType().Name}."),
    };

    public void Dispose() => Weights.Dispose();

    private sealed class Sources(params IDisposable[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var source in all) source.Dispose();
        }
    }
}
