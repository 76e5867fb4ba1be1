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
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// A model with the patch that hangs on it and the rewards that are added to it, to be judged or scored: its inputs are called subject and patch, and as
/// <see cref="CarriedInputs"/> says. Without a subject the first reward stands in its place.
/// </summary>
internal sealed class LanguageSubject : IDisposable
{
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

    /// <summary>Null where nothing is carried; else what is.</summary>
    public LoadedNetworks? Carried => _tokens is null ? null : _carried;

    private double Factor => _own is null ? _carried.Networks[0].Factor : 1;

    private LanguageNetwork Language => _own switch
    {
        null => _carried.Networks[0].Network,
        CausalLanguageModel model => new LanguageNetwork(model, _adapter?.Prompt, _states),
        _ => throw new LearningException("The subject is not a language model, and this needs one."),
    };

    /// <param name="type">What it computes in.</param>
    /// <exception cref="LearningException">An input is damaged or they do not fit together.</exception>
    public static LanguageSubject Load(JobContext context, ComputeType? type, RewardUse[]? rewards, EmulatedUse? emulated)
    {
        var folders = CarriedArtifacts.Of(context, rewards, emulated);
        LoadedNetworks? carried = null;
        TokenizerFolder? tokenizer = null;
        Network? network = null;
        try
        {
            carried = LoadedNetworks.Load(folders, TunedModel.TypeOf(type), context.Device, context.Weights, context.States);
            if (!context.Run.Inputs.ContainsKey("subject"))
            {
                if (folders.IsEmpty) throw new LearningException("There is neither a subject nor a reward.");
                tokenizer = TokenizerFolder.Load(carried.Networks[0].Folder);
                return new LanguageSubject(null, null, tokenizer, carried, carried.Networks[0].Tokens, null);
            }

            string artifact = context.Input("subject");
            string folder = ModelArtifact.FolderOf(artifact);
            TokenSpace? tokens;
            using (var model = PretrainedFolder.Open(folder))
            {
                TokenizerEntries.RefuseBeyondTheRows(model, TokenizerEntries.Read(model.Files));
                tokens = folders.IsEmpty ? null : TokenSpace.Of("The subject", model);
            }

            tokenizer = TokenizerFolder.Load(folder);
            network = ModelArtifact.Load(artifact, context.InputDigest("subject"), TunedModel.TypeOf(type), context.Device, context.Weights, context.Run.Inputs.ContainsKey("patch") ? PatchLabels.Read(context.Input("patch")) : null);
            var adapter = context.Run.Inputs.ContainsKey("patch") ? PatchFolder.Attach(context.Input("patch"), network, [context.InputDigest("subject")], context.Device, []) : null;
            // A patched model is read by one job alone, a bare one by all that carry something to it.
            var states = adapter is null ? context.States.Of(context.InputDigest("subject"), TunedModel.TypeOf(type)) : null;
            return new LanguageSubject(network, adapter, tokenizer, carried, tokens, states);
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

    /// <summary>Gives the next token's logits; the caller disposes of it.</summary>
    public ITokenScorer TokenScorer()
    {
        var own = new ModelScorer(Language.Model, Language.Prompt);
        return _tokens is null ? own : new PortedScorer(own, Factor, _tokens.Padding(), _carried.Carried);
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
