using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>The labels of texts as a classifier scores them: its logits.</summary>
/// <param name="network">With what hangs on it.</param>
/// <param name="texts">The tokens of each.</param>
/// <param name="pad">The id of padding.</param>
internal sealed class ClassifierAnswers(TextClassifier network, IReadOnlyList<int[]> texts, int pad) : IAnswerNetwork
{
    public Device Device => network.Parameters.Device;

    public ScalarType Type => network.Head.Weight.dtype;

    public int Count => texts.Count;

    public int Answers => network.Labels.Count;

    public int RowsAnExample => 1;

    public int Tokens(int example) => texts[example].Length;

    public Tensor Scores(IReadOnlyList<int> examples)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        return Forward(examples).MoveToOuterDisposeScope();
    }

    public double Backward(IReadOnlyList<int> examples, Func<Tensor, Tensor> loss, PassSettings settings)
    {
        using var scope = NewDisposeScope();
        var pass = settings.Begin(Device);
        using var training = network.Train(pass);
        var value = loss(Forward(examples));
        value.backward();
        pass.Recomputation?.Backward();
        return value.item<float>();
    }

    private Tensor Forward(IReadOnlyList<int> examples) => LabelTrainer.Logits(network, [.. examples.Select(example => texts[example])], pad, Device).to_type(ScalarType.Float32);
}
