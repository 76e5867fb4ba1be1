using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Tuning.Objectives;

namespace Ptune.Learning.Jobs.Language;

/// <summary>A model with the patch that hangs on it, to be judged or scored: its inputs are called subject and patch.</summary>
internal sealed class LanguageSubject : IDisposable
{
    private readonly Adapter? _adapter;

    private LanguageSubject(Network network, Adapter? adapter, TokenizerFolder tokenizer) => (Network, _adapter, Tokenizer) = (network, adapter, tokenizer);

    public Network Network { get; }

    public TokenizerFolder Tokenizer { get; }

    /// <summary>The id of padding: what is padding is said by place, so it may be any.</summary>
    public int Pad => Tokenizer.IdOf("pad_token") ?? Tokenizer.IdOf("eos_token") ?? 0;

    /// <summary>The model, where it predicts tokens.</summary>
    /// <exception cref="LearningException">It is another kind of model.</exception>
    public LanguageNetwork Language => Network is CausalLanguageModel model
        ? new LanguageNetwork(model, _adapter?.Prompt)
        : throw new LearningException("The subject is not a language model, and this task needs one.");

    /// <param name="type">What it computes in.</param>
    /// <exception cref="LearningException">An input is damaged or they do not fit together.</exception>
    public static LanguageSubject Load(JobContext context, ComputeType? type)
    {
        string artifact = context.Input("subject");
        var folder = ModelArtifact.FolderOf(artifact);
        using (var model = PretrainedFolder.Open(folder)) TokenizerEntries.RefuseBeyondTheRows(model, TokenizerEntries.Read(model.Files));
        var tokenizer = TokenizerFolder.Load(folder);
        Network? network = null;
        try
        {
            network = ModelArtifact.Load(artifact, context.InputDigest("subject"), TunedModel.TypeOf(type), context.Device, context.Weights);
            var adapter = context.Run.Inputs.ContainsKey("patch") ? PatchFolder.Attach(context.Input("patch"), network, [context.InputDigest("subject")], context.Device, []) : null;
            return new LanguageSubject(network, adapter, tokenizer);
        }
        catch
        {
            network?.Dispose();
            tokenizer.Dispose();
            throw;
        }
    }

    /// <summary>Gives log-probabilities to tokens.</summary>
    public SequenceScorer Scorer() => new(Language, Pad);

    /// <summary>How texts are encoded.</summary>
    public FolderEncoder Encoder(DataSpec data) => EncodedTexts.Encoder(Tokenizer, data);

    public void Dispose()
    {
        _adapter?.Dispose();
        Network.Dispose();
        Tokenizer.Dispose();
    }
}
