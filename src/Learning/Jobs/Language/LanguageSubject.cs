using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Generation;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// A model with the patch that hangs on it and the rewards that are added to it, to be judged or scored: its inputs are called subject and patch, and as
/// <see cref="CarriedInputs"/> says. Without a subject the first reward stands in its place.
/// </summary>
internal sealed class LanguageSubject : IDisposable
{
    /// <summary>The input that is the model.</summary>
    public const string Input = "subject";

    /// <summary>The input that hangs on it.</summary>
    public const string PatchInput = "patch";

    private readonly Network? _own;
    private readonly Adapter? _adapter;
    private readonly LoadedNetworks _carried;
    private readonly TokenSpace? _tokens;
    private readonly PortedNetwork? _ported;
    private readonly NetworkStates? _states;

    private LanguageSubject(Network? own, Adapter? adapter, TokenizerFolder tokenizer, LoadedNetworks carried, TokenSpace? tokens, NetworkStates? states)
    {
        (_own, _adapter, Tokenizer, _carried, _tokens, _states) = (own, adapter, tokenizer, carried, tokens, states);
        if (tokens is not null) _ported = new PortedNetwork(Language, Factor, tokens.Padding(), carried.Fit(tokens, own is null ? 1 : 0));
    }

    /// <summary>The model, or the first of the rewards.</summary>
    public Network Network => _own ?? _carried.Networks[0].Network.Model;

    public TokenizerFolder Tokenizer { get; }

    /// <summary>Tokens of the examples that it reads before each text; empty: none.</summary>
    public int[] Shown { get; private set; } = [];

    /// <summary>Null where nothing is carried; else what is.</summary>
    public LoadedNetworks? Carried => _tokens is null ? null : _carried;

    /// <summary>Tokens that a row may have.</summary>
    public long Context => Network is TextClassifier classifier ? classifier.Context : Scorer().Context;

    private double Factor => _own is null ? _carried.Networks[0].Factor : 1;

    private LanguageNetwork Language => _own switch
    {
        null => _carried.Networks[0].Network,
        CausalLanguageModel model => new LanguageNetwork(model, _adapter?.Prompt, _states),
        _ => throw new LearningException("The subject is not a language model, and this needs one."),
    };

    /// <param name="type">What it computes in.</param>
    /// <exception cref="LearningException">An input is damaged or they do not fit together.</exception>
    public static LanguageSubject Load(JobContext context, ComputeType? type, RewardUse[]? rewards, EmulatedUse? emulated) =>
        Load(context, type, CarriedArtifacts.Of(context, rewards, emulated), context.Run.Inputs.ContainsKey(PatchInput), context.States);

    /// <summary>The same to be timed: what others have computed of it is not read.</summary>
    public static LanguageSubject LoadForTiming(JobContext context, TimingSpec spec) =>
        Load(context, spec.Dtype, CarriedArtifacts.Of(context, spec.Rewards, spec.Emulated), context.Run.Inputs.ContainsKey(PatchInput), states: null);

    /// <summary>The model that it is compared with.</summary>
    public static LanguageSubject LoadCompared(JobContext context, TimingSpec spec) =>
        Load(context, spec.Dtype, CarriedArtifacts.Of(context, null, null), isPatched: false, states: null, TimingSpec.AgainstInput);

    private static LanguageSubject Load(JobContext context, ComputeType? type, CarriedFolders folders, bool isPatched, HiddenStateCache? states, string role = Input)
    {
        LoadedNetworks? carried = null;
        TokenizerFolder? tokenizer = null;
        Network? network = null;
        try
        {
            carried = LoadedNetworks.Load(folders, TunedModel.TypeOf(type), context.Device, context.Weights, states);
            if (!context.Run.Inputs.ContainsKey(role))
            {
                if (folders.IsEmpty) throw new LearningException("There is neither a subject nor a reward.");
                tokenizer = TokenizerFolder.Load(carried.Networks[0].Folder);
                return new LanguageSubject(null, null, tokenizer, carried, carried.Networks[0].Tokens, null);
            }

            string artifact = context.Input(role);
            string folder = ModelArtifact.FolderOf(artifact);
            TokenSpace? tokens;
            var head = isPatched ? PatchLabels.Read(context.Input(PatchInput)) : null;
            using (var model = PretrainedFolder.Open(folder, head))
            {
                TokenizerEntries.RefuseBeyondTheRows(model, TokenizerEntries.Read(model.Files));
                tokens = folders.IsEmpty ? null : TokenSpace.Of("The subject", model);
            }

            tokenizer = TokenizerFolder.Load(folder);
            network = ModelArtifact.Load(artifact, context.InputDigest(role), TunedModel.TypeOf(type), context.Device, context.Weights, head);
            var adapter = isPatched ? PatchFolder.Attach(context.Input(PatchInput), network, [context.InputDigest(role)], context.Device, []) : null;
            // A patched model is read by one job alone, a bare one by all that carry something to it.
            return new LanguageSubject(network, adapter, tokenizer, carried, tokens, adapter is null ? states?.Of(context.InputDigest(role), TunedModel.TypeOf(type)) : null);
        }
        catch
        {
            network?.Dispose();
            tokenizer?.Dispose();
            carried?.Dispose();
            throw;
        }
    }

    /// <summary>Gives log-probabilities to tokens.</summary>
    public SequenceScorer Scorer() => new(_ported ?? (ITokenNetwork)Language, Tokenizer.Padding);

    /// <summary>Reads rows of tokens and waits for what it makes of them: the log-probabilities of the tokens, or of a classifier the logits of the labels.</summary>
    public void Answer(IReadOnlyList<int[]> rows)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        if (Network is TextClassifier classifier) LabelTrainer.Logits(classifier, rows, Tokenizer.Padding, classifier.Parameters.Device).cpu();
        else Scorer().Sums([.. rows.Select(row => new EncodedExample(row, [.. row.Select(_ => true)]))]);
    }

    /// <summary>Gives the next token's logits; the caller disposes of it.</summary>
    public ITokenScorer TokenScorer()
    {
        var own = new ModelScorer(Language.Model, Language.Prompt);
        return _tokens is null ? own : new PortedScorer(own, Factor, _tokens.Padding(), _carried.Carried);
    }

    /// <summary>From here on it reads these examples before each text.</summary>
    public void Show(string examples, DataSpec data) => Shown = examples.Length == 0 ? [] : Encoder(data).Encode(examples);

    /// <exception cref="LearningException">A text of so many tokens does not fit behind the examples that are shown.</exception>
    public void RequireRoom(long tokens, long context)
    {
        if (Shown.Length == 0 || Shown.Length + tokens <= context) return;
        throw new LearningException($"The examples that are shown have {Shown.Length} tokens, and a text behind them {tokens}: together they do not fit into the model's context of {context}. Show fewer examples, or give shorter texts.");
    }

    /// <summary>How texts are encoded.</summary>
    public FolderEncoder Encoder(DataSpec data) => EncodedTexts.Encoder(Tokenizer, data);

    public void Dispose()
    {
        _ported?.Dispose();
        _adapter?.Dispose();
        _own?.Dispose();
        _carried.Dispose();
        Tokenizer.Dispose();
    }
}
