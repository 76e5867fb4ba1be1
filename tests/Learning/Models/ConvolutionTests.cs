using Ptune.Learning.Models.Vision;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models;

/// <summary>Convolutions give the sums that they stand for, whatever the number of channels and the processor.</summary>
public sealed class ConvolutionTests
{
    [Theory]
    [InlineData(1, 16, 14, 14)]
    [InlineData(16, 32, 14, 14)]
    [InlineData(3, 64, 16, 16)]
    [InlineData(1, 4, 12, 8)]
    [InlineData(4, 8, 6, 4)]
    [InlineData(20, 40, 16, 16)]
    public void Apply_Channels_GivesThePlainSumsAndGradients(int inputs, int outputs, int height, int width)
    {
        using var scope = NewDisposeScope();
        var generator = new Generator(1);
        using Tensor x = Random(8, inputs, height, width), weight = Random(outputs, inputs, 3, 3), bias = Random(outputs), back = rand([8, outputs, height, width], generator: generator);

        for (int round = 0; round < 3; round++)
        {
            var actual = Gradients(Convolution.Apply(x, weight, bias, padding: 1));
            var expected = Gradients(Plain());
            for (int part = 0; part < expected.Length; part++) TensorAssert.Near(expected[part], actual[part], 2e-5, $"part {part} of round {round}");
        }

        Tensor Random(params long[] shape) => (rand(shape, generator: generator) - 0.5).requires_grad_();

        // Nine shifted images, each times its own weights.
        Tensor Plain()
        {
            var padded = nn.functional.pad(x, [1, 1, 1, 1]);
            var sum = bias.reshape(1, -1, 1, 1);
            for (int row = 0; row < 3; row++)
                for (int column = 0; column < 3; column++)
                    sum = sum + einsum("bihw,oi->bohw", padded[.., .., row..(row + height), column..(column + width)], weight[.., .., row, column]);
            return sum;
        }

        Tensor[] Gradients(Tensor y)
        {
            y.backward([back]);
            Tensor[] all = [y.detach(), x.grad!.clone(), weight.grad!.clone(), bias.grad!.clone()];
            foreach (var parameter in new[] { x, weight, bias }) parameter.grad!.zero_();
            return all;
        }
    }
}
