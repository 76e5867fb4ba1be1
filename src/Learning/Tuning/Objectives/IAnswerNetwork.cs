using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tuning.Objectives;

/// <summary>A network that gives each answer of an example a score, over a set of examples: the labels of a text, or the choices of a question.</summary>
internal interface IAnswerNetwork
{
    /// <summary>Stands where an example has fewer answers than others. Finite, so that nothing that it is multiplied by becomes NaN.</summary>
    const float Never = -1e30f;

    Device Device { get; }

    /// <summary>What the network computes in.</summary>
    ScalarType Type { get; }

    /// <summary>How many examples there are.</summary>
    int Count { get; }

    /// <summary>The most answers of an example.</summary>
    int Answers { get; }

    /// <summary>Rows that the network reads for an example.</summary>
    int RowsAnExample { get; }

    /// <summary>Tokens that the network reads for the example.</summary>
    int Tokens(int example);

    /// <summary>[examples, answers] f32, without gradients.</summary>
    Tensor Scores(IReadOnlyList<int> examples);

    /// <summary>Adds the gradients of a loss to the network's parameters.</summary>
    /// <param name="examples">A micro-batch.</param>
    /// <param name="loss">From scores [examples, answers] f32 to the loss, a scalar.</param>
    /// <param name="settings">How the network is passed in training.</param>
    /// <returns>The loss.</returns>
    double Backward(IReadOnlyList<int> examples, Func<Tensor, Tensor> loss, PassSettings settings);
}
