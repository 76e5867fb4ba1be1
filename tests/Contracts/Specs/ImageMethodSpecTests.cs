using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>How image classifiers are tuned and judged.</summary>
public sealed class ImageMethodSpecTests
{
    private const string Data = """

        data:
          dataset:
            name: digits
            location: /data
            labels: [zero, one]
            files:
              trainImages: { path: a, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }
              trainLabels: { path: b, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }
              testImages: { path: c, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }
              testLabels: { path: d, sha256: 0000000000000000000000000000000000000000000000000000000000000000 }
          splits: { pretraining: 10, tuning: 10, validation: 10 }
          split: SPLIT

        """;

    private static readonly string _tuning = "apiVersion: ptune/v1\nkind: FineTuning\nname: x\nbase: vit@v1" + Data.Replace("SPLIT", "tuning", StringComparison.Ordinal);

    private static readonly string _scoring = "apiVersion: ptune/v1\nkind: Scoring\nname: x\nsubject: clip@v1" + Data.Replace("SPLIT", "test", StringComparison.Ordinal);

    private static readonly string _judging = _scoring.Replace("Scoring", "Evaluation", StringComparison.Ordinal);

    [Fact]
    public void Read_LoraOnImages_FillsInAlphaAndMakesAPatch()
    {
        var job = Assert.IsType<FineTuningSpec>(Read(_tuning + "method: { kind: lora, rank: 4 }"));

        Assert.Equal((new LoraMethod { Rank = 4, Alpha = 8 }, ArtifactKind.Patch), (job.Method, job.Produces()));
        Assert.Null(Assert.IsType<FineTuningSpec>(Read(_tuning)).Method);
    }

    [Fact]
    public void Read_LabelPrompt_IsTaken()
    {
        Assert.Equal("art of {}", Assert.IsType<ScoringSpec>(Read(_scoring + "labelPrompt: art of {}")).LabelPrompt);
        Assert.Equal("clip@v1", Assert.IsType<EvaluationSpec>(Read(_judging + "task: { kind: accuracy }")).Subject);
    }

    [Theory]
    [InlineData("FineTuning", "method: { kind: softPrompt, tokens: 3 }", "method.kind")]
    [InlineData("FineTuning", "method: { kind: adapter }", "method.kind")]
    [InlineData("Scoring", "labelPrompt: a photo", "labelPrompt")]
    [InlineData("Scoring", "subjectKind: reward\npatch: p@v1", "patch")]
    [InlineData("Evaluation", "scores: { target: a@v1, reward: b@v1 }", "subject")]
    [InlineData("Evaluation", "task: { kind: bitsPerByte }", "task.kind")]
    [InlineData("Evaluation", "dtype: bfloat16", "dtype")]
    public void Read_WhatImagesDoNotHave_IsRefused(string kind, string part, string path)
    {
        var text = kind switch { "FineTuning" => _tuning, "Scoring" => _scoring, _ => _judging };

        Assert.Equal([path], SpecReader.Read(text + part).Problems.Select(problem => problem.Path));
    }

    private static Spec Read(string text)
    {
        var read = SpecReader.Read(text);
        Assert.Empty(read.Problems);
        return read.Spec!;
    }
}
