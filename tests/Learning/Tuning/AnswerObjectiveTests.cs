using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Tuning.Courses;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning;

public sealed class AnswerObjectiveTests
{
    [Fact]
    public void Sum_FewerAnswersThanOthersAndSmoothing_IsTheDefinition()
    {
        using var scope = NewDisposeScope();
        double[][] source = [[-3, -1, -2], [-5, -4]], reward = [[0.5, 0.2, -1], [1, -2]];
        int[] right = [2, 0];
        const double lambda = 0.5, smoothing = 0.2;
        using var objective = new AnswerObjective(source, right, lambda, CPU);
        var scores = tensor(new float[] { 0.5f, 0.2f, -1, 1, -2, IAnswerNetwork.Never }, [2, 3]);

        double expected = 0;
        for (int example = 0; example < 2; example++)
        {
            // p(y) = p_source(y) e^(r_y / lambda) / Z, with no logarithm before the end.
            double[] weighted = [.. source[example].Zip(reward[example], (own, added) => Math.Exp(own) * Math.Exp(added / lambda))];
            double[] logs = [.. weighted.Select(weight => Math.Log(weight / weighted.Sum()))];
            expected -= ((1 - smoothing) * logs[right[example]]) + (smoothing * logs.Average());
        }

        Assert.Equal(expected, objective.Sum(scores, [0, 1], smoothing).item<float>(), 1e-5);
    }

    /// <summary>Chunks of the head and sums of answers give the gradients of the plain formula.</summary>
    [Fact]
    public void Backward_OfALanguageModel_HasThePlainGradients()
    {
        using var scope = NewDisposeScope();
        using var folder = Course.Folder("training/source");
        using var parameters = folder.LoadTrainable(CPU);
        using var model = new Decoder((DecoderConfig)folder.Config, parameters);
        EncodedExample[][] rows = [[Row([5, 9, 2], [7, 3]), Row([5, 9, 2], [8])], [Row([4, 4], [6]), Row([4, 4], [11, 2, 3]), Row([4, 4], [9])]];
        using var objective = new AnswerObjective([[-1, -2], [-2, -1, -3]], [0, 2], lambda: 2, CPU);
        var answers = new ContinuationAnswers(new LanguageNetwork(model), rows, pad: 0);

        double loss = answers.Backward([0, 1], found => objective.Sum(found, [0, 1]), PassSettings.Plain);
        var gradients = parameters.Names.ToDictionary(name => name, name => parameters[name].grad!.clone());
        parameters.ClearGradients();

        var sums = stack(rows.SelectMany(example => example).Select(row => Plain(model, row)));
        var plain = -(cat([(sums[0] / 2) - 1, (sums[1] / 2) - 2]).log_softmax(0)[0] + cat([(sums[2] / 2) - 2, (sums[3] / 2) - 1, (sums[4] / 2) - 3]).log_softmax(0)[2]);
        plain.backward();
        Assert.Equal(plain.item<float>(), loss, 1e-5);
        foreach (string name in gradients.Keys) TensorAssert.Near(parameters[name].grad!, gradients[name], 2e-5, name);
    }

    private static EncodedExample Row(int[] prompt, int[] answer) => new([.. prompt, .. answer], [.. prompt.Select(_ => false), .. answer.Select(_ => true)]);

    // [1]: the log-probability of the trained tokens, from all logits.
    private static Tensor Plain(CausalLanguageModel model, EncodedExample row)
    {
        var ids = tensor(row.Ids.Select(id => (long)id).ToArray()).unsqueeze(0);
        var logProbs = model.Logits(ids, SequenceLayout.Padded(ones_like(ids)))[0].log_softmax(-1);
        var places = Enumerable.Range(1, row.Length - 1).Where(token => row.Trained[token]).ToArray();
        return stack(places.Select(token => logProbs[token - 1, row.Ids[token]])).sum().unsqueeze(0);
    }
}
