using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A language model with what a method trains of it, and how that is kept.</summary>
internal sealed class TunedModel : IDisposable
{
    private const string _base = "base";

    private readonly PretrainedFolder _folder;
    private readonly CausalLanguageModel _model;
    private readonly Adapter? _adapter;
    private readonly TuningMethod _method;
    private readonly ComputeType? _type;

    private TunedModel(PretrainedFolder folder, CausalLanguageModel model, Adapter? adapter, TrainableParameters parameters, ComputeCopies? copies, TuningMethod method, ComputeType? type)
    {
        (_folder, _model, _adapter, _method, _type) = (folder, model, adapter, method, type);
        (Network, Parameters, Copies) = (new LanguageNetwork(model, adapter?.Prompt), parameters, copies);
    }

    public LanguageNetwork Network { get; }

    /// <summary>What is trained.</summary>
    public TrainableParameters Parameters { get; }

    /// <summary>What the network has in the place of some of them, where it does not compute in f32.</summary>
    public ComputeCopies? Copies { get; }

    /// <param name="method">What of the model is trained.</param>
    /// <param name="folder">The model's; it must stay open.</param>
    /// <param name="type">What the model computes in.</param>
    /// <param name="seed">Of fresh numbers.</param>
    /// <param name="context">The job's, whose input it is.</param>
    /// <exception cref="LearningException">The method does not fit the model.</exception>
    public static TunedModel Create(TuningMethod method, PretrainedFolder folder, ComputeType? type, long seed, JobContext context)
    {
        var config = (DecoderConfig)folder.Config;
        var device = context.Device;
        if (method is FullMethod)
        {
            var masters = FullWeights.Of(folder, device);
            var copies = CopiesOf(masters, type);
            return new TunedModel(folder, new Decoder(config, (ModelParameters?)copies ?? masters), null, masters, copies, method, type);
        }

        // A model of its own over the same files: it closes them with its weights, and the folder is needed longer.
        var model = PretrainedFolder.Open(folder.Files.Folder).LanguageModel(TypeOf(type), device, (context.Weights, context.InputDigest(_base)));
        try
        {
            var adapter = AdapterOf(method, model, config, seed, device);
            return new TunedModel(folder, model, adapter, adapter.Parameters, adapter.Copies, method, type);
        }
        catch
        {
            model.Dispose();
            throw;
        }
    }

    /// <summary>What a network that computes in another type than f32 has in the place of its masters.</summary>
    public static ComputeCopies? CopiesOf(TrainableParameters masters, ComputeType? type) => type == ComputeType.Bfloat16 ? new ComputeCopies(masters, ScalarType.BFloat16) : null;

    public static ScalarType TypeOf(ComputeType? type) => type == ComputeType.Bfloat16 ? ScalarType.BFloat16 : ScalarType.Float32;

    /// <summary>Writes the artifact: a whole model, or a patch that PEFT loads where it has its kind.</summary>
    public (ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics) Save(JobContext context)
    {
        string output = context.OutputFolder;
        var (kind, attributes, metrics) = _method switch
        {
            FullMethod => SaveFull(output),
            HeadMethod => SaveHead(output),
            _ => SavePatch(output, context.InputDigest(_base)),
        };
        attributes[AttributeNames.Method] = LoraMethods.Word(_method);
        attributes[AttributeNames.Base] = context.InputDigest(_base);
        return (kind, attributes, metrics);
    }

    private (ArtifactKind, SortedDictionary<string, string>, SortedDictionary<string, double>) SaveFull(string output)
    {
        ModelFiles.Copy(_folder, output);
        ModelFiles.WriteWeights(output, Parameters, _type);
        return ModelFiles.Finish(output);
    }

    private (ArtifactKind, SortedDictionary<string, string>, SortedDictionary<string, double>) SaveHead(string output)
    {
        MergedModel.Write(_folder, _model, _adapter!, output);
        return ModelFiles.Finish(output);
    }

    private (ArtifactKind, SortedDictionary<string, string>, SortedDictionary<string, double>) SavePatch(string output, string baseDigest)
    {
        if (_method is AdapterMethod adapter) BottleneckFolder.Write(output, _adapter!, adapter.Width);
        else PeftWriter.Write(output, _adapter!, _model, _method is LoraMethod lora ? LoraMethods.Settings(lora) : null, baseDigest);
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal) { [AttributeNames.Family] = _folder.Config.ModelType, [AttributeNames.Dtype] = "float32" };
        if (FolderImport.OutputSpaceOf(_folder).Fingerprint is { } space) attributes[AttributeNames.OutputSpace] = space;
        return (ArtifactKind.Patch, attributes, new(StringComparer.Ordinal) { [MetricNames.Parameters] = Parameters.Count });
    }

    public void Dispose()
    {
        _adapter?.Dispose();
        _model.Dispose();
        if (_adapter is null) Parameters.Dispose();
    }

    private static Adapter AdapterOf(TuningMethod method, CausalLanguageModel model, DecoderConfig config, long seed, Device device) => method switch
    {
        HeadMethod => Adapter.Create(new AdapterLayout(model).AddSaved(ModulePattern.Ends([config.Names.Head])), device, seed),
        LoraMethod lora => Adapter.Create(new AdapterLayout(model).AddLora(LoraMethods.Settings(lora)), device, seed),
        AdapterMethod adapter => Adapter.Create(HoulsbyAdapters.Layout(model, ModulePattern.Ends([config.Names.Output, config.Names.Down]), adapter.Width), device, seed),
        SoftPromptMethod prompt => Adapter.CreatePrompt(model, prompt.Tokens, device, seed),
        _ => throw new LearningException($"This worker knows no method {method.GetType().Name}."),
    };
}
