using System.Globalization;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// A reward under training with its frozen source: a network of its own, or deltas on the source's weights, which then lie in memory once. Its artifact is a
/// Hugging Face folder or PEFT's, with <see cref="RewardFacts"/> beside it.
/// </summary>
internal sealed class TrainedReward : IDisposable
{
    private readonly PretrainedFolder _folder;
    private readonly Adapter? _adapter;
    private readonly bool _isUntied;
    private readonly bool _isOwn;

    private TrainedReward(PretrainedFolder folder, Network source, Network reward, Adapter? adapter, TrainableParameters parameters, ComputeCopies? copies, bool isUntied, bool isOwn = false)
    {
        (_folder, _adapter, _isUntied, _isOwn) = (folder, adapter, isUntied, isOwn);
        (SourceModel, Model, Parameters, Copies) = (source, reward, parameters, copies);
    }

    /// <summary>The frozen source.</summary>
    public Network SourceModel { get; }

    /// <summary>The reward.</summary>
    public Network Model { get; }

    /// <summary>The frozen source, of a reward over tokens.</summary>
    public LanguageNetwork Source => new((CausalLanguageModel)SourceModel);

    /// <summary>The reward over tokens.</summary>
    public LanguageNetwork Network => new((CausalLanguageModel)Model);

    /// <summary>What is trained.</summary>
    public TrainableParameters Parameters { get; }

    /// <summary>What the reward has in the place of some of them, where it does not compute in f32.</summary>
    public ComputeCopies? Copies { get; }

    /// <param name="folder">The source's; it must stay open.</param>
    public static TrainedReward Create(RewardTuningSpec spec, PretrainedFolder folder, JobContext context)
    {
        var type = TunedModel.TypeOf(spec.Recipe.Dtype);
        string digest = context.InputDigest(LanguageRewardTuning.Source);
        var source = ModelArtifact.Load(context.Input(LanguageRewardTuning.Source), digest, type, context.Device, context.Weights);
        try
        {
            if (spec.Method is LoraMethod lora)
            {
                // A second network over the same tensors, which the first owns: the deltas hang on this one only.
                var shared = folder.Network(source.Parameters);
                var adapter = Adapter.Create(new AdapterLayout(shared).AddLora(LoraMethods.Settings(lora)), context.Device, spec.Seed);
                return new TrainedReward(folder, source, shared, adapter, adapter.Parameters, adapter.Copies, isUntied: false);
            }

            if (spec.Method is not (null or FullMethod)) throw new LearningException($"Rewards are trained by full or lora, and not by {LoraMethods.Word(spec.Method)}.");
            if (spec.Architecture is not null)
            {
                var fresh = OwnConfig(spec, folder, context);
                var weights = TrainableParameters.Of(fresh.Parameters, context.Device);
                weights.Initialize(spec.Seed);
                var computed = TunedModel.CopiesOf(weights, spec.Recipe.Dtype);
                return new TrainedReward(folder, source, new Decoder(fresh, (ModelParameters?)computed ?? weights), null, weights, computed, isUntied: false, isOwn: true);
            }

            // A head of zeros cannot be the token table, too.
            var untied = spec.Initialization == RewardInitialization.ZeroHead && folder.Config is DecoderConfig { Tied: true } tied ? tied with { Tied = false } : null;
            var parameters = ParametersOf(spec, folder, untied ?? folder.Config, context);
            var copies = TunedModel.CopiesOf(parameters, spec.Recipe.Dtype);
            var own = (ModelParameters?)copies ?? parameters;
            return new TrainedReward(folder, source, untied is null ? folder.Network(own) : new Decoder(untied, own), null, parameters, copies, untied is not null);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    /// <summary>Writes the artifact.</summary>
    /// <param name="answers">See <see cref="RewardFacts.Answers"/>.</param>
    /// <param name="labels">See <see cref="RewardFacts.Labels"/>.</param>
    public (ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics) Save(
        JobContext context, RewardTuningSpec spec, string? answers = null, IReadOnlyList<string>? labels = null)
    {
        string output = context.OutputFolder, digest = context.InputDigest(LanguageRewardTuning.Source);
        var (attributes, metrics) = _adapter is null ? SaveNetwork(output, spec.Recipe.Dtype) : SaveDeltas(output, (LoraMethod)spec.Method!, digest);
        string? space = answers is null ? FolderImport.OutputSpaceOf(_folder).Fingerprint : labels is null ? null : OutputSpace.OfLabels(labels);
        var facts = new RewardFacts(_adapter is null ? RewardFacts.Full : RewardFacts.Lora, spec.Lambda, digest, WeightsFingerprint.Of(_folder, context.Run.Stop), space) { Answers = answers, Labels = labels };
        facts.Write(output);
        attributes[AttributeNames.Method] = facts.Method;
        attributes[AttributeNames.Base] = digest;
        attributes[AttributeNames.SourceWeights] = facts.SourceWeights;
        attributes[AttributeNames.Lambda] = spec.Lambda.ToString("R", CultureInfo.InvariantCulture);
        attributes[AttributeNames.Initialization] = JsonNamingPolicy.CamelCase.ConvertName(spec.Initialization.ToString());
        attributes.Remove(AttributeNames.OutputSpace);
        if (space is not null) attributes[AttributeNames.OutputSpace] = space;
        return (ArtifactKind.Reward, attributes, metrics);
    }

    public void Dispose()
    {
        if (_adapter is null)
        {
            Copies?.Dispose();
            Parameters.Dispose();
        }

        _adapter?.Dispose();
        SourceModel.Dispose();
    }

    private (SortedDictionary<string, string>, SortedDictionary<string, double>) SaveNetwork(string output, ComputeType? type)
    {
        // One of an architecture of its own has written its configuration over the source's.
        if (!_isOwn) ModelFiles.Copy(_folder, output);
        if (_isUntied) ConfigWords.SetUntied(output);
        ModelFiles.WriteWeights(output, Parameters, type);
        var (_, attributes, metrics) = ModelFiles.Finish(output);
        return (attributes, metrics);
    }

    private (SortedDictionary<string, string>, SortedDictionary<string, double>) SaveDeltas(string output, LoraMethod lora, string digest)
    {
        PeftWriter.Write(output, _adapter!, Model, LoraMethods.Settings(lora), digest);
        return (
            new(StringComparer.Ordinal) { [AttributeNames.Family] = _folder.Config.ModelType, [AttributeNames.Dtype] = "float32" },
            new(StringComparer.Ordinal) { [MetricNames.Parameters] = Parameters.Count });
    }

    /// <summary>The configuration of a reward of another architecture: the source's tokens, and its rows that no token has.</summary>
    private static DecoderConfig OwnConfig(RewardTuningSpec spec, PretrainedFolder folder, JobContext context)
    {
        if (spec.Architecture is not DecoderSpec decoder || folder.Config is not DecoderConfig source) throw new LearningException("A reward has an architecture of its own beside language models only, and it is a language model's.");
        if (spec.Initialization != RewardInitialization.Scratch) throw new LearningException("A reward of another architecture has no weights of the source to begin with. Write 'initialization: scratch'.");
        ModelFiles.Copy(folder, context.OutputFolder);
        var ends = GenerationDefaults.Read(folder.Files, []).Ends;
        FreshConfig.Write(context.OutputFolder, decoder, (int)source.Vocabulary, ends.Count > 0 ? (int)ends[0] : 0);
        var own = ModelFiles.ReadConfig(context.OutputFolder);
        LanguagePretraining.RequireRoom(own, spec.Data);
        return own;
    }

    private static TrainableParameters ParametersOf(RewardTuningSpec spec, PretrainedFolder folder, PretrainedConfig config, JobContext context)
    {
        if (spec.Initialization == RewardInitialization.Source) return FullWeights.Of(folder, context.Device);
        var parameters = TrainableParameters.Of(config.Parameters, context.Device);
        if (spec.Initialization == RewardInitialization.Scratch)
        {
            parameters.Initialize(spec.Seed);
            return parameters;
        }

        var decoder = config as DecoderConfig;
        string head = decoder is null ? $"{BertConfig.Head}." : $"{decoder.Names.Head}.weight";
        // Where the source's head is its token table, there is none to copy.
        parameters.CopyFrom(name => folder.Weights.Tensor(folder.Keys[name == head && !folder.Keys.ContainsKey(head) ? $"{decoder!.Names.Embedding}.weight" : name]));
        parameters.Zero(head);
        return parameters;
    }
}
