using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Fixtures;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Tuning.Courses;

/// <summary>A course of training that PyTorch, transformers and PEFT went: tests/fixtures/training.</summary>
internal sealed class Course : IDisposable
{
    // A key's bias has a gradient of nearly zero, whose rounding Adam turns into whole steps.
    private const string _undecided = "k_proj.bias";

    private readonly SafetensorsFile _weights;
    private readonly SafetensorsFile _batches;

    public Course(string name, string batches = "batches")
    {
        Facts = JsonNode.Parse(File.ReadAllText(PathOf($"training/{name}.json")))!;
        _weights = SafetensorsFile.Open(PathOf($"training/{name}.safetensors"));
        _batches = SafetensorsFile.Open(PathOf($"training/{batches}.safetensors"));
    }

    public JsonNode Facts { get; }

    public double LearningRate => Facts["settings"]!["learningRate"]!.GetValue<double>();

    public double[] Losses => Facts["losses"].Deserialize<double[]>()!;

    public static string PathOf(string name) => Repository.PathOf("tests", "fixtures", name);

    public static PretrainedFolder Folder(string name) => PretrainedFolder.Open(PathOf(name));

    public static CausalLanguageModel Frozen(string folder) => Folder(folder).LanguageModel(ScalarType.Float32, CPU);

    /// <summary>A trained parameter before the first step.</summary>
    public Tensor Initial(string name) => _weights.Tensor($"init.{name}");

    public bool Has(string name) => _weights.Header.Entries.ContainsKey($"init.{name}");

    /// <summary>The batch of a step, from 0; its rows from <paramref name="begin"/> to before <paramref name="end"/>.</summary>
    public TokenBatch Batch(long step, int begin = 0, int? end = null)
    {
        Tensor Of(string name) => _batches.Tensor(name)[step].slice(0, begin, end ?? _batches.Entry(name).Shape[1], 1);
        return new TokenBatch(Of("input_ids"), Of("labels"), SequenceLayout.Padded(Of("attention_mask")));
    }

    /// <summary>The batch of a step of a classifier: ids [B, T], labels [B], mask [B, T].</summary>
    public (Tensor Ids, Tensor Labels, Tensor Mask) Labels(long step) => (_batches.Tensor("input_ids")[step], _batches.Tensor("labels")[step], _batches.Tensor("attention_mask")[step]);

    /// <summary>Every trained parameter against PyTorch's at the end, each relative to its own largest value.</summary>
    /// <param name="parameters">Ours.</param>
    /// <param name="theirName">Our name to the fixture's.</param>
    /// <param name="tolerance">Relative.</param>
    public void AssertEnd(TrainableParameters parameters, Func<string, string> theirName, double tolerance = 2e-5)
    {
        var names = parameters.Gradients().Select(pair => pair.Name).ToList();
        Assert.Equal(_weights.Header.Entries.Keys.Where(key => key.StartsWith("end.", StringComparison.Ordinal)).Order(), names.Select(name => $"end.{theirName(name)}").Order());
        using var scope = NewDisposeScope();
        foreach (string name in names.Where(name => !name.EndsWith(_undecided, StringComparison.Ordinal)))
        {
            var (theirs, ours) = (_weights.Tensor($"end.{theirName(name)}"), parameters[name].detach());
            if (name.EndsWith("c_attn.bias", StringComparison.Ordinal)) (theirs, ours) = (WithoutKeys(theirs), WithoutKeys(ours));
            TensorAssert.Near(theirs, ours, tolerance, name);
        }
    }

    public void Dispose()
    {
        _weights.Dispose();
        _batches.Dispose();
    }

    private static Tensor WithoutKeys(Tensor bias)
    {
        var parts = bias.chunk(3);
        return cat([parts[0], parts[2]]);
    }
}
