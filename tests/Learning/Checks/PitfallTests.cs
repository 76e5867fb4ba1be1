using System.Text.Json;
using Ptune.Learning.Checks;
using Ptune.Learning.Formats;
using Ptune.Learning.Generation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Checks;

/// <summary>Every fault of a checkpoint is refused by name, and every oddity that is none loads and gives the logits that transformers gives.</summary>
public sealed class PitfallTests
{
    private const double _tolerance = 2e-5;

    public static TheoryData<string> Names => [.. PitfallFolder.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Check_Pitfall_IsTakenAsItsCaseSays(string name)
    {
        using var folder = new PitfallFolder(name);
        if (folder.Right == "refused")
        {
            var error = Assert.ThrowsAny<LearningException>(() => Use(folder));
            Assert.All(folder.MustName, word => Assert.Contains(word, error.Message, StringComparison.Ordinal));
            Assert.DoesNotContain('\u001b', error.Message);
            return;
        }

        using var check = Preflight.Check(folder.Model);
        string notes = string.Join('\n', check.Notes);
        if (folder.Right == "loads") Assert.Equal("", notes);
        Assert.All(folder.MustName, word => Assert.Contains(word, notes, StringComparison.Ordinal));
        using var network = check.Folder.Network(ScalarType.Float32, CPU);
        CompareLogits(folder, network);
        if (folder.Case.TryGetProperty("labels", out var labels)) Assert.Equal(labels.EnumerateArray().Select(label => label.GetString()), ((TextClassifier)network).Labels);
        if (folder.Case.TryGetProperty("generation", out var expected)) CompareText(folder[expected.GetString()!], check, (CausalLanguageModel)network);
    }

    private static void Use(PitfallFolder folder)
    {
        using var check = Preflight.Check(folder.Model);
        if (!folder.Case.TryGetProperty("prompt_ids", out var prompt)) return;
        using var model = check.Folder.LanguageModel(ScalarType.Float32, CPU);
        using var scorer = new ModelScorer(model);
        new TextGenerator(scorer).Generate(new GenerationRequest
        {
            Prompts = [[.. prompt.EnumerateArray().Select(id => id.GetInt64())]],
            MaxTokens = folder.Case.GetProperty("max_new_tokens").GetInt64(),
        });
    }

    private static void CompareLogits(PitfallFolder folder, Network network)
    {
        if (folder.Case.GetProperty("expect").GetString() is not { } expect) return;
        using var reference = SafetensorsFile.Open(folder[expect]);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        Tensor ids = reference.Tensor("input_ids"), mask = reference.Tensor("attention_mask");
        var logits = network switch
        {
            CausalLanguageModel model => model.Logits(ids, SequenceLayout.Padded(mask)) * mask.unsqueeze(-1),
            TextClassifier classifier => classifier.Forward(ids, mask),
            _ => throw new InvalidOperationException(network.GetType().Name),
        };
        TensorAssert.Near(reference.Tensor("logits"), logits, _tolerance, "logits");
    }

    private static void CompareText(string file, Preflight check, CausalLanguageModel model)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        var expected = document.RootElement;
        var ids = expected.GetProperty("greedy_ids");
        var prompts = expected.TryGetProperty("prompts", out var several) ? several.EnumerateArray().Select(Ids).ToList() : [Ids(expected.GetProperty("prompt_ids"))];
        var wanted = ids[0].ValueKind == JsonValueKind.Array ? ids.EnumerateArray().Select(Ids).ToList() : [Ids(ids)];
        bool bounded = expected.TryGetProperty("max_new_tokens", out var most);
        var defaults = check.Generation!;
        using var scorer = new ModelScorer(model);
        var request = new GenerationRequest
        {
            Prompts = prompts,
            MaxTokens = bounded ? most.GetInt64() : wanted[0].Length,
            Sampling = SamplingOptions.Of(defaults, temperature: 0, null, null, null, seed: 1),
            // Without a bound of its own a case asks for so many tokens, whatever they are.
            Ends = bounded ? [.. defaults.Ends] : [],
            Tokens = TokenizerEntries.Read(check.Folder.Files),
        };
        Assert.Equal(wanted, new TextGenerator(scorer).Generate(request).Select(text => text.Ids));
        if (!expected.TryGetProperty("greedy_ids_endless", out var endless)) return;
        Assert.Equal(Ids(endless), new TextGenerator(scorer).Generate(request with { Ends = [], Sampling = new SamplingOptions() })[0].Ids);
    }

    private static long[] Ids(JsonElement ids) => [.. ids.EnumerateArray().Select(id => id.GetInt64())];
}
