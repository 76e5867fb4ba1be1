using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Transfer.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>What tells whether a port is safe, on the texts that it is judged on: KL from the source, C, and how far the subject is moved. The networks are loaded for it once more, without what hangs on the subject.</summary>
internal static class CarriedRisk
{
    // Below it is the rounding of f32.
    private const double _leastChange = 1e-6;

    /// <exception cref="LearningException">The source or what is carried does not fit the subject, or changes nothing.</exception>
    public static void Add(IDictionary<string, double> metrics, JobContext context, EvaluationSpec spec, TextSelection texts)
    {
        var open = new List<IDisposable>();
        try
        {
            Add(metrics, Measure(context, spec, texts, open));
        }
        finally
        {
            foreach (var one in Enumerable.Reverse(open)) one.Dispose();
        }
    }

    private static void Add(IDictionary<string, double> metrics, TokenRiskFigures figures)
    {
        if (figures.LargestChange <= _leastChange)
            throw new TransferException($"The port changes nothing: at all {figures.Positions} positions of the data the model with what is carried gives the probabilities of the bare one. Was it trained?");
        metrics[MetricNames.KlFromSource] = figures.Kl;
        metrics[MetricNames.CMean] = figures.CMean;
        metrics[MetricNames.CHigh] = figures.CHigh;
        metrics[MetricNames.CMax] = figures.CMax;
        metrics[MetricNames.KlMoved] = figures.Moved;
        metrics[MetricNames.RiskPositions] = figures.Positions;
    }

    private static TokenRiskFigures Measure(JobContext context, EvaluationSpec spec, TextSelection texts, List<IDisposable> open)
    {
        var type = TunedModel.TypeOf(spec.Dtype);
        var bare = Keep(LoadedNetwork.Model(Folder("subject"), 1, "The subject", type, context.Device, context.Weights));
        var source = Keep(LoadedNetwork.Model(Folder("source"), 1, "The source", type, context.Device, context.Weights));
        var carried = Keep(LoadedNetworks.Load(CarriedArtifacts.Of(context, spec.Rewards, spec.Emulated), type, context.Device, context.Weights));
        var added = carried.Fit(bare.Tokens).ToList();
        LoadedNetwork? patched = null;
        if (spec.Patch is not null)
        {
            patched = Keep(bare.With(context.Input("patch"), context.InputDigest("subject"), 1));
            var tuned = Keep(source.With(context.Input("patch"), context.InputDigest("source"), 1));
            added.Add(new CarriedNetwork(tuned.Network, 1, Keep(TokenContract.Of(bare.Tokens, tuned.Tokens, context.Device))));
            added.Add(new CarriedNetwork(source.Network, -1, Keep(TokenContract.Of(bare.Tokens, source.Tokens, context.Device))));
        }

        var after = patched is null ? null : Keep(new PortedNetwork(patched.Network, 1, bare.Tokens.Padding(), carried.Carried));
        var from = new CarriedNetwork(source.Network, 1, Keep(TokenContract.Of(bare.Tokens, source.Tokens, context.Device)));
        var risk = new TokenRisk(bare.Network, bare.Tokens, from, added, after);
        // The longest row is one that all of them read.
        using var all = new PortedNetwork(bare.Network, 1, null, [from, .. added]);
        using var tokenizer = TokenizerFolder.Load(bare.Folder);
        var batches = new RowBatches(Rows(tokenizer, texts, spec.Data, all.Context), all, tokenizer.Padding, batchTokens: 4_096);
        foreach (int[] batch in batches)
        {
            context.Run.Stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var tokens = batches.Tokens(batch);
            risk.Add(tokens, tokens.Trained().Rows);
        }

        return risk.Figures();

        ArtifactFolder Folder(string role) => new(context.Input(role), context.InputDigest(role));

        T Keep<T>(T one) where T : IDisposable
        {
            open.Add(one);
            return one;
        }
    }

    /// <summary>The texts as the task reads them, of a question the prompt with its right answer.</summary>
    private static List<EncodedExample> Rows(TokenizerFolder tokenizer, TextSelection texts, DataSpec data, long context)
    {
        if (texts.Records.All(record => record is PlainText)) return [.. TextLikelihood.Windows(tokenizer, texts, data, (int)Math.Min(data.MaxTokens ?? context, context)).SelectMany(text => text.Windows).Select(window => window.Row)];
        if (!texts.Records.All(record => record is MultipleChoice)) return [.. EncodedTexts.Of(texts, data with { MaxTokens = (int)Math.Min(data.MaxTokens ?? context, context) }, tokenizer).Examples];
        var encoder = EncodedTexts.Encoder(tokenizer, data);
        var examples = new ExampleEncoder(encoder, encoder, LossScope.Response);
        return [.. texts.Records.Cast<MultipleChoice>().Select(record => ChoiceQuestion.Of(record, examples)).Select(question => question.Rows(context).ElementAt(question.Answer))];
    }
}
