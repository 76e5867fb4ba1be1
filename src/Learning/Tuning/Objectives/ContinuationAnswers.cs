using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tensors;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>Answers as a language model scores them: the sum of the log-probabilities of an answer's tokens behind the prompt. The tokenizer does not matter to who compares them.</summary>
/// <param name="network">With what hangs on it.</param>
/// <param name="examples">For each of them a row for each answer, whose trained tokens are the answer.</param>
/// <param name="pad">The id of padding.</param>
internal sealed class ContinuationAnswers(LanguageNetwork network, IReadOnlyList<IReadOnlyList<EncodedExample>> examples, int pad) : IAnswerNetwork
{
    public Device Device => network.Device;

    public ScalarType Type => network.Model.Embedding.Weight.dtype;

    public int Count => examples.Count;

    public int Answers { get; } = examples.Max(rows => rows.Count);

    public int RowsAnExample => Answers;

    public int Tokens(int example) => examples[example].Sum(row => row.Length);

    public Tensor Scores(IReadOnlyList<int> some)
    {
        using var scope = NewDisposeScope();
        var (batch, places) = Batch(some);
        return Table(PreferenceObjective.LogProbabilities(network, batch), places, some.Count).MoveToOuterDisposeScope();
    }

    public double Backward(IReadOnlyList<int> some, Func<Tensor, Tensor> loss, PassSettings settings)
    {
        using var scope = NewDisposeScope();
        var (batch, places) = Batch(some);
        var pass = settings.Begin(Device);
        using var training = network.Model.Train(pass);
        var (tokens, targets) = batch.Trained();
        var terms = network.Terms(batch, tokens);
        var sums = PreferenceObjective.Sums(terms, tokens, targets, batch);
        // The loss by the answers' sums is small; its gradients then go through the wide head chunk by chunk.
        var scores = Table(sums, places, some.Count).detach().requires_grad_(true);
        var value = loss(scores);
        value.backward();
        // A token's loss is minus its log-probability.
        var byRow = -scores.grad!.flatten().index_select(0, places);
        FusedCrossEntropy.Backward(terms, targets, byRow.index_select(0, tokens.FloorDivide(batch.Ids.shape[1])));
        pass.Recomputation?.Backward();
        return value.item<float>();
    }

    /// <summary>The rows of some examples, and the place of each row in their table of answers.</summary>
    private (TokenBatch Batch, Tensor Places) Batch(IReadOnlyList<int> some)
    {
        var rows = some.SelectMany(example => examples[example]).ToList();
        int longest = rows.Max(row => row.Length);
        var batch = TokenBatch.Of([.. rows.Select(row => TokenBlock.Of([row], longest, pad))], Device);
        // The last token is an answer's and predicts nothing; a model with learnt positions may have no place for it.
        if (longest > network.Context) batch = batch.WithoutLast();
        long[] places = [.. some.SelectMany((example, number) => examples[example].Select((_, answer) => ((long)number * Answers) + answer))];
        return (batch, tensor(places, device: Device));
    }

    private Tensor Table(Tensor sums, Tensor places, int count)
    {
        using var _ = no_grad();
        return Numbers.Full([(long)count * Answers], IAnswerNetwork.Never, ScalarType.Float32, Device).index_copy_(0, places, sums).view(count, Answers);
    }
}
