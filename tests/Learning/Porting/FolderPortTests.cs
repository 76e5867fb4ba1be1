using System.Diagnostics;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Learning.Generation;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Porting;
using Ptune.Learning.Tests.Generation;
using Ptune.Learning.Tests.Jobs.Language;
using Ptune.Learning.Transfer.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Porting;

/// <summary>Rewards in folders: beside a model that writes, and side by side with it in a folder for transformers.</summary>
public sealed class FolderPortTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly TempFolder _folder = new();
    private readonly TinyLanguage _jobs;

    public FolderPortTests()
    {
        _jobs = new TinyLanguage(_folder.Path);
        _jobs.Complete("source", TinyLanguage.Pretraining(_jobs.Texts()));
        _jobs.Complete("target", TinyLanguage.Pretraining(_jobs.Texts(), new Gpt2Spec { Layers = 1, Width = 24, Heads = 2, Context = 64 }));
        foreach (var (name, method) in new (string, TuningMethod)[] { ("full", new FullMethod()), ("lora", new LoraMethod { Rank = 4 }) })
        {
            var spec = new RewardTuningSpec { Data = _jobs.Pairs(), Source = "given", Method = method, Lambda = 0.5, Recipe = TinyLanguage.Recipe with { LearningRate = 0.05 } };
            _jobs.Complete(name, spec, ("source", _jobs.Output("source")));
        }
    }

    private RewardFolder[] Rewards => [new(_jobs.Output("full"), 0.8), new(_jobs.Output("lora"), 1)];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Run_TwoRewards_WritesNetworksWhoseSumIsThePort()
    {
        var carried = RewardFolders.Find(_jobs.Output("target"), Rewards, [_jobs.Output("source")]);
        var result = FolderPort.Run(new FolderPortOptions { Model = _jobs.Output("target"), Carried = carried, Names = ["big@v2", "tone@v1", "legal@v1"], Target = _folder["side"] });

        Assert.Equal((2, "gpt2"), (result.Rewards, result.Family));
        string card = File.ReadAllText(Path.Combine(_folder["side"], "README.md"));
        Assert.Contains("# big@v2 with 2 rewards", card, StringComparison.Ordinal);
        Assert.Contains("| `reward-1/` | tone@v1 | 0.8 | 0.5 | a whole network | 0 |", card, StringComparison.Ordinal);
        var facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder["side"], "rewards.json"))).RootElement;
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var (base_, shares) = (Logits("base"), new[] { Logits("reward-1"), Logits("reward-2") });

        float[] sum = [.. base_];
        foreach (var (number, share) in shares.Index())
            for (int id = 0; id < facts[number].GetProperty("rows").GetInt32(); id++) sum[id] += (float)(facts[number].GetProperty("weight").GetDouble() / facts[number].GetProperty("lambda").GetDouble()) * share[id];
        var expected = Ported(carried);
        Assert.True((softmax(tensor(sum), 0) - expected).abs().max().item<float>() < 1e-5f, "the written networks are not the ones that generate");

        Assert.SkipUnless(HasNumpy(), "Debian's python3-numpy is not installed: eng/setup bench");
        float[] written = RunScript(base_, shares, facts);
        Assert.True((tensor(written) - expected).abs().max().item<float>() < 1e-5f, "the script computes another distribution");
    }

    [Fact]
    public void Run_RewardsBesideAModelInAFolder_ChangeItsText()
    {
        var options = new FolderGenerationOptions { Folder = _jobs.Output("target"), Prompts = [new GenerationPrompt { Text = "Where is the owl?\n" }], MaxTokens = 8, Temperature = 1, IgnoreEos = true };
        long[] bare = [.. RecordingReader.Run(options)[0].Ids!];

        var with = RecordingReader.Run(options with { Carried = RewardFolders.Find(_jobs.Output("target"), Rewards, [_jobs.Output("source")]) });

        Assert.NotEqual(bare, with[0].Ids);
        Assert.Contains("--reward-source", Assert.Throws<TransferException>(() => RewardFolders.Find(_jobs.Output("target"), Rewards, [])).Message, StringComparison.Ordinal);
        // The model itself may be what a LoRA reward was tuned on.
        Assert.NotNull(RewardFolders.Find(_jobs.Output("source"), Rewards, []).Rewards[1].Source);
        Assert.Contains("no reward of texts", Assert.Throws<TransferException>(() => RewardFolders.Find(_jobs.Output("target"), [new(_jobs.Output("source"), 1)], [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AnotherVocabulary_IsRefusedBeforeAnythingIsWrittenOrLoaded()
    {
        string path = Path.Combine(_jobs.Output("full"), "tokenizer.json");
        var tokenizer = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        var vocabulary = tokenizer["model"]!["vocab"]!.AsObject();
        (int one, int other) = (vocabulary["A"]!.GetValue<int>(), vocabulary["B"]!.GetValue<int>());
        (vocabulary["A"], vocabulary["B"]) = (other, one);
        File.WriteAllText(path, tokenizer.ToJsonString());
        // Weights that cannot be loaded are not looked at.
        File.Delete(Path.Combine(_jobs.Output("full"), "golden.safetensors"));
        var carried = RewardFolders.Find(_jobs.Output("target"), Rewards[..1], []);
        carried = carried with { Rewards = [(carried.Rewards[0].Reward with { HasGolden = true }, null, 1)] };

        string port = Assert.Throws<TransferException>(() => FolderPort.Run(new FolderPortOptions { Model = _jobs.Output("target"), Carried = carried, Target = _folder["side"] })).Message;
        string generation = Assert.Throws<TransferException>(() => RecordingReader.Run(new FolderGenerationOptions { Folder = _jobs.Output("target"), Prompts = [GenerationPrompt.OfIds(5)], Carried = carried })).Message;

        Assert.Contains("2 mean another token.", port, StringComparison.Ordinal);
        Assert.Equal(port, generation);
        Assert.False(Directory.Exists(_folder["side"]));
    }

    /// <summary>The logits after the probe by a network of the folder that was written.</summary>
    private float[] Logits(string part)
    {
        using var model = PretrainedFolder.Open(Path.Combine(_folder["side"], part)).LanguageModel(ScalarType.Float32, CPU);
        using var scorer = new ModelScorer(model);
        return Next(scorer).data<float>().ToArray();
    }

    private Tensor Ported(CarriedFolders carried)
    {
        using var target = PretrainedFolder.Open(_jobs.Output("target"));
        var space = TokenSpace.Of("The model", target);
        using var networks = LoadedNetworks.Load(carried, ScalarType.Float32, CPU, null);
        using var model = PretrainedFolder.Open(_jobs.Output("target")).LanguageModel(ScalarType.Float32, CPU);
        using var scorer = new PortedScorer(new ModelScorer(model), 1, space.Padding(), networks.Fit(space));
        return softmax(Next(scorer)[0], 0);
    }

    private static Tensor Next(ITokenScorer scorer)
    {
        var tokens = tensor(new long[] { 5, 9, 20, 31, 7 }).unsqueeze(0);
        scorer.Begin(1, 8);
        return scorer.Next(tokens, SequenceLayout.Of(tokens)).contiguous();
    }

    private static bool HasNumpy()
    {
        if (!File.Exists(Python)) return false;
        using var process = Process.Start(new ProcessStartInfo(Python, ["-c", "import numpy"]) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    /// <summary>The distribution that the script's arithmetic gives.</summary>
    private float[] RunScript(float[] base_, float[][] shares, JsonElement facts)
    {
        const string program = """
            import json, sys
            import numpy as np
            sys.dont_write_bytecode = True
            sys.path.insert(0, sys.argv[1])
            import generate
            given = json.load(sys.stdin)
            rewards = [(np.array(r), f["weight"] / f["lambda"], np.ones(f["rows"])) for r, f in zip(given["shares"], given["facts"])]
            total = generate.ported(np.array(given["base"]), rewards, np.zeros(len(given["base"]), dtype=bool))
            shares = np.exp(total - total.max())
            json.dump((shares / shares.sum()).tolist(), sys.stdout)
            """;
        var start = new ProcessStartInfo(Python, ["-c", program, _folder["side"]]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(JsonSerializer.Serialize(new { @base = base_, shares, facts }));
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, error.Result);
        return JsonSerializer.Deserialize<float[]>(output)!;
    }
}
