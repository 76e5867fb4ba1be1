using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Fixtures;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Evaluation.Language;

/// <summary>tests/fixtures/judging: what PyTorch and the Language Model Evaluation Harness say.</summary>
internal static class JudgingFixture
{
    public static JsonNode Language { get; } = Read("language.json");

    public static JsonNode Harness { get; } = Read("harness.json");

    /// <summary>The model that language.json's "source" was computed with.</summary>
    public static CausalLanguageModel Source() =>
        PretrainedFolder.Open(Repository.PathOf("tests", "fixtures", "training", "source")).LanguageModel(ScalarType.Float32, CPU);

    public static int[] Ints(this JsonNode? node) => node.Deserialize<int[]>()!;

    private static JsonNode Read(string name) => JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "fixtures", "judging", name)))!;
}
