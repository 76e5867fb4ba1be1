using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models;

/// <summary>An image network as PyTorch computes and trains it: tests/fixtures/README.md.</summary>
internal sealed class VisionFixture : IDisposable
{
    private static readonly string _folder = Repository.PathOf("tests", "fixtures", "vision");

    private readonly SafetensorsFile _file;
    private readonly JsonDocument _facts = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, "vision.json")));
    private readonly JsonElement _network;

    public VisionFixture(string name)
    {
        _file = SafetensorsFile.Open(Path.Combine(_folder, $"{name}.safetensors"));
        _network = _facts.RootElement.GetProperty("networks").GetProperty(name);
        string spec = _network.GetProperty("architecture").GetRawText();
        Architecture = JsonSerializer.Deserialize<ArchitectureSpec>($"{{\"kind\":\"{name}\",{spec.TrimStart()[1..]}", SpecJson.Options)!;
        using var pixels = _file.Tensor("pixels");
        using var targets = _file.Tensor("targets");
        Size = new ImageSize((int)pixels.shape[2], (int)pixels.shape[3]);
        Labels = _facts.RootElement.GetProperty("labels").GetInt32();
        Examples = new ExampleTensors(
            new Examples(
                Size,
                pixels.data<byte>().ToArray(),
                targets.data<long>().ToArray(),
                [.. Enumerable.Range(0, Labels).Select(label => $"label {label}")],
                "fixture",
                new Dictionary<Split, string>()),
            CPU);
    }

    public ArchitectureSpec Architecture { get; }

    public ImageSize Size { get; }

    public int Labels { get; }

    public ExampleTensors Examples { get; }

    public Tensor this[string name] => _file.Tensor(name);

    /// <summary>The losses before each step, by their name in vision.json.</summary>
    public double[] Losses(string name) => [.. _network.GetProperty(name).EnumerateArray().Select(loss => loss.GetDouble())];

    /// <summary>The network with the fixture's weights at the start.</summary>
    public ImageClassifier Network()
    {
        var network = ImageClassifier.Create(Architecture, Size, Labels, CPU, trainable: true);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (string name in Names) network.Parameters[name].copy_(this[$"weights.{name}"]);
        return network;
    }

    /// <summary>The parameters' names.</summary>
    public IEnumerable<string> Names =>
        _file.Header.Entries.Keys.Where(key => key.StartsWith("weights.", StringComparison.Ordinal)).Select(key => key["weights.".Length..]);

    public void Dispose()
    {
        Examples.Dispose();
        _file.Dispose();
        _facts.Dispose();
    }
}
