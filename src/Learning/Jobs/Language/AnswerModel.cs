using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Evaluation.Language;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tokenization;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>
/// A model or a reward that gives scores to the answers of an example, with its own tokenizer: a classifier's logits of its labels, or a language model's log-probabilities of
/// labels or choices behind the text. What such networks have in common is the answers, not the tokens.
/// </summary>
/// <param name="network">With what hangs on it; it stays its owner's.</param>
/// <param name="tokenizer">The network's.</param>
/// <param name="name">What messages call it.</param>
/// <param name="prompt">A soft prompt that hangs on it; null: none does.</param>
/// <param name="kept">Where its scores are kept, and the digest of its weights; null: nowhere.</param>
internal sealed class AnswerModel(Network network, TokenizerFolder tokenizer, string name, SoftPrompt? prompt = null, (HiddenStateCache Cache, string Network)? kept = null)
{
    private const long _batchTokens = 4_096;

    /// <summary>Examples as the network reads them.</summary>
    /// <param name="texts">Of the format textLabel or multipleChoice.</param>
    /// <param name="data">Says how long a text may be.</param>
    /// <exception cref="LearningException">The network answers something else, or a record does not fit.</exception>
    public EncodedAnswers Encode(TextSelection texts, DataSpec data)
    {
        if (network is TextClassifier classifier)
        {
            AnswerContract.Require(name, classifier.Labels, texts.Labels);
            var encoded = LabelledTokens.Of(texts, data with { MaxTokens = (int)Math.Min(EncodedTexts.RuleOf(data).MaxTokens, classifier.Context) }, tokenizer);
            return new EncodedAnswers(new ClassifierAnswers(classifier, encoded.Ids, tokenizer.Padding), [.. encoded.Ids.Select(ids => new[] { new EncodedExample(ids, []) })], encoded.Labels, encoded.Records, encoded.Counts);
        }

        if (network is not CausalLanguageModel language) throw new LearningException($"{name} is neither a classifier of texts nor a language model, so it gives no answers to texts.");
        var model = new LanguageNetwork(language, prompt);
        var asked = AnswerQuestions.Of(texts, data, EncodedTexts.Encoder(tokenizer, data), model.Context);
        EncodedExample[][] rows = [.. asked.Questions.Select(question => question.Rows(model.Context).ToArray())];
        return new EncodedAnswers(new ContinuationAnswers(model, rows, tokenizer.Padding), rows, [.. asked.Questions.Select(question => question.Answer)], asked.Records, asked.Counts);
    }

    /// <summary>The scores of every record's answers, in nats.</summary>
    /// <exception cref="LearningException">As <see cref="Encode"/>, or a score is not finite.</exception>
    public IReadOnlyList<double[]> Scores(TextSelection texts, DataSpec data, CancellationToken stop = default)
    {
        // Networks that are compared answer the same examples, however long each of them finds a text.
        var encoded = Encode(texts, data.TooLong == TooLong.Drop ? data with { TooLong = TooLong.Cut } : data);
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var table = kept is { } place ? place.Cache.Of(place.Network, encoded.Network.Type).Scores(encoded.Digest(), () => Table(encoded.Network, stop)) : Table(encoded.Network, stop);
        float[] found = table.data<float>().ToArray();
        return [.. found.Chunk(encoded.Network.Answers).Select(scores => scores.Where(score => score != IAnswerNetwork.Never).Select(score => (double)score).ToArray())];
    }

    /// <summary>[examples, answers].</summary>
    private Tensor Table(IAnswerNetwork answers, CancellationToken stop)
    {
        float[] table = new float[answers.Count * answers.Answers];
        foreach (int[] some in Batches(answers, RowsIndependentUpTo))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            float[] found = answers.Scores(some).cpu().data<float>().ToArray();
            foreach (var (number, example) in some.Index())
            {
                var own = found.AsSpan(number * answers.Answers, answers.Answers);
                RequireFinite(own, example);
                own.CopyTo(table.AsSpan(example * answers.Answers));
            }
        }

        return tensor(table, [answers.Count, answers.Answers]);
    }

    private long? RowsIndependentUpTo => (network as CausalLanguageModel)?.RowsIndependentUpTo;

    private void RequireFinite(ReadOnlySpan<float> found, int example)
    {
        foreach (float score in found)
        {
            if (score != IAnswerNetwork.Never && !float.IsFinite(score)) throw new LearningException($"{name} gives an answer of text {example + 1} the score {score}: it computes no finite numbers.");
        }
    }

    // Examples of like length together, so that little is padded; longest first, so that memory that is too small shows at once.
    private static IEnumerable<int[]> Batches(IAnswerNetwork network, long? alone)
    {
        var batch = new List<int>();
        foreach (int example in Enumerable.Range(0, network.Count).OrderByDescending(network.Tokens))
        {
            long tokens = network.Tokens(batch.Count > 0 ? batch[0] : example);
            if (batch.Count > 0 && ((batch.Count + 1) * tokens > _batchTokens || tokens / network.RowsAnExample > alone))
            {
                yield return [.. batch];
                batch.Clear();
            }

            batch.Add(example);
        }

        if (batch.Count > 0) yield return [.. batch];
    }
}
