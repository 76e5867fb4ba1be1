using Ptune.Fixtures;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>Classification heads for labels that a checkpoint does not have.</summary>
public sealed class NewHeadTests
{
    private static readonly string _bert = Repository.PathOf("tests", "fixtures", "hf", "bert-sequence-classification");

    [Fact]
    public void For_TheSameLabels_IsNone() => Assert.Null(NewHead.For(["a", "b"], ["a", "b"], 1));

    [Fact]
    public void For_TheSameLabelsInAnotherOrder_KeepsTheirRows()
    {
        using var scope = NewDisposeScope();
        using var own = PretrainedFolder.Open(_bert);
        using var turned = PretrainedFolder.Open(_bert, NewHead.For(["negative", "neutral", "positive"], ["positive", "negative", "neutral"], 1));

        Assert.Equal(["positive", "negative", "neutral"], turned.Config.Classes);
        using var expected = own.Load(ScalarType.Float32, CPU);
        using var actual = turned.Load(ScalarType.Float32, CPU);
        Assert.True(expected["classifier.weight"][2].Equals(actual["classifier.weight"][0]));
        Assert.True(expected["classifier.bias"][1].Equals(actual["classifier.bias"][2]));
    }

    [Fact]
    public void For_AModelWithoutNames_KeepsItsHeadWhereTheCountFits()
    {
        Assert.Equal([0, 1], NewHead.For(["LABEL_0", "LABEL_1"], ["ham", "spam"], 1)!.Rows);
        Assert.Null(NewHead.For(["LABEL_0", "LABEL_1"], ["a", "b", "c"], 1)!.Rows);
    }

    [Fact]
    public void Open_WithOtherLabels_DrawsTheHeadFromTheSeed()
    {
        using var scope = NewDisposeScope();
        using var one = PretrainedFolder.Open(_bert, new NewHead(["a", "b"], 1)).Load(ScalarType.Float32, CPU);
        using var again = PretrainedFolder.Open(_bert, new NewHead(["a", "b"], 1)).LoadTrainable(CPU);
        using var other = PretrainedFolder.Open(_bert, new NewHead(["a", "b"], 2)).Load(ScalarType.Float32, CPU);

        Assert.Equal([2, 32], one["classifier.weight"].shape);
        Assert.InRange(one["classifier.weight"].std().item<float>(), 0.01, 0.03);
        Assert.Equal(0, one["classifier.bias"].abs().max().item<float>());
        Assert.True(one["classifier.weight"].Equals(again["classifier.weight"]));
        Assert.False(one["classifier.weight"].Equals(other["classifier.weight"]));
    }
}
