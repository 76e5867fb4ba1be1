using System.Text;
using System.Text.Json.Nodes;
using Ptune.Executor.Hub;
using Ptune.Learning;
using Ptune.Learning.Checks;

namespace Ptune.Workers.Tests.Hub;

/// <summary>What is fetched, and from where.</summary>
public sealed class HubFetchTests
{
    // What published repositories have besides, none of which a model needs here.
    private static readonly string[] s_others =
    [
        ".gitattributes", "pytorch_model.bin", "pytorch_model.bin.index.json", "tf_model.h5", "flax_model.msgpack", "rust_model.ot", "model.fp16.safetensors", "consolidated.safetensors", "tiny.gguf",
        "onnx/model.onnx", "onnx/config.json", "original/params.json", "original/consolidated.00.pth", "runs/events.out", "training_args.bin", "trainer_state.json", "modeling_tiny.py", "sample.png", "1_Pooling/config.json",
    ];

    [Fact]
    public async Task Fetch_OfARepository_BringsWhatAModelNeedsAndNothingElse()
    {
        using var rig = new HubRig();
        string[] needed =
        [
            "LICENSE", "NOTICE.txt", "README.md", "USE_POLICY.md", "added_tokens.json", "additional_chat_templates/tools.jinja", "chat_template.jinja", "config.json", "generation_config.json", "merges.txt",
            "model.safetensors", "special_tokens_map.json", "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.json", "vocab.txt",
        ];
        foreach (var path in needed.Concat(s_others).Where(path => !rig.Repository.Files.ContainsKey(path))) rig.Repository.Files[path] = Encoding.UTF8.GetBytes($"content of {path}");
        rig.Repository.Files.Remove("generation.json");

        var snapshot = await rig.FetchAsync();

        Assert.Equal(needed, rig.Placed);
        rig.AssertWhole();
        Assert.Equal((HubRepository.Name, HubRepository.Commit), (snapshot.Repository, snapshot.Commit));
        Assert.Empty(snapshot.Notes);
        Assert.Equal(needed.Select(path => (path, (long)rig.Repository.Files[path].Length, HubRepository.Sha256(rig.Repository.Files[path]), false)), snapshot.Files.Select(f => (f.Path, f.Size, f.Sha256, f.IsFromCache)));
        Assert.Equal(1 + needed.Length, rig.Server.Requests.Length);
        Assert.False(Directory.Exists(rig.Partial));
    }

    [Fact]
    public async Task Fetch_OfAModel_BringsOneThatIsRight()
    {
        using var rig = new HubRig(HubRepository.Of("llama-tied-bf16-sharded"));

        await rig.FetchAsync();

        var check = ModelCheck.Run(new ModelCheckOptions { Folder = rig.Folder, Expect = Fixtures.Repository.PathOf("tests", "fixtures", "hf", "llama-tied-bf16-sharded", "reference.safetensors") });
        Assert.True(check.IsRight);
        Assert.Equal("apache-2.0", check.Licence);
    }

    [Fact]
    public async Task Fetch_OfShards_BringsThoseThatTheIndexNames()
    {
        using var rig = new HubRig(HubRepository.Of("llama-tied-bf16-sharded"));
        rig.Repository.Files["model-00001-of-00002.safetensors"] = [1];
        rig.Repository.Files["pytorch_model.bin.index.json"] = "{}"u8.ToArray();
        var index = JsonNode.Parse(rig.Repository.Files["model.safetensors.index.json"])!;
        var shards = index["weight_map"]!.AsObject().Select(entry => entry.Value!.GetValue<string>()).Distinct().Order(StringComparer.Ordinal);

        await rig.FetchAsync();

        Assert.Equal(shards, rig.Placed.Where(path => path.EndsWith(".safetensors", StringComparison.Ordinal)));
        Assert.Contains("model.safetensors.index.json", rig.Placed);
        rig.AssertWhole();
    }

    [Fact]
    public async Task Fetch_OfAConfigurationThatNamesItsWeights_BringsThose()
    {
        using var rig = new HubRig();
        rig.Repository.Files["other.safetensors"] = [1, 2, 3];
        rig.Repository.Files["config.json"] = """{ "transformers_weights": "other.safetensors" }"""u8.ToArray();

        await rig.FetchAsync();

        Assert.Equal(["other.safetensors"], rig.Placed.Where(path => path.EndsWith(".safetensors", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Fetch_OfAnAdapter_BringsItsWeights()
    {
        using var rig = new HubRig(new HubRepository());
        rig.Repository.Files["adapter_config.json"] = "{}"u8.ToArray();
        rig.Repository.Files["adapter_model.safetensors"] = [1, 2, 3];

        await rig.FetchAsync();

        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], rig.Placed);
    }

    [Fact]
    public async Task Fetch_OfARevision_AsksForItOnceAndThenForItsCommitOnly()
    {
        using var rig = new HubRig { Reference = HubReference.Parse("hf:acme/tiny@refs/pr/1") };

        var snapshot = await rig.FetchAsync();

        Assert.Equal(HubRepository.Commit, snapshot.Commit);
        Assert.Equal("/api/models/acme/tiny/revision/refs%2Fpr%2F1?blobs=true", rig.Server.Requests[0].Target);
        Assert.All(rig.Server.Requests.Skip(1), request => Assert.StartsWith($"/acme/tiny/resolve/{HubRepository.Commit}/", request.Target, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fetch_OfACommit_IsNotAnsweredWithAnother()
    {
        using var rig = new HubRig { Reference = HubReference.Parse($"hf:acme/tiny@{new string('a', 40)}") };

        Assert.Contains($"another commit, {HubRepository.Commit}", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_OfAMirrorThatListsNoDigests_TakesThemFromItsHeaders()
    {
        using var rig = new HubRig(new HubRepository { ListsDigests = false });
        rig.Repository.Files["config.json"] = "{}"u8.ToArray();
        rig.Repository.Files["model.safetensors"] = [1, 2, 3];

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Equal(["config.json", "model.safetensors"], rig.Placed);
    }

    [Fact]
    public async Task Fetch_OfAnEmptyFile_MakesIt()
    {
        using var rig = new HubRig();
        rig.Repository.Files["merges.txt"] = [];

        await rig.FetchAsync();

        rig.AssertWhole();
        Assert.Contains("merges.txt", rig.Placed);
    }

    [Fact]
    public async Task Fetch_OfAnEndpointWithAPath_AsksBelowIt()
    {
        using var rig = new HubRig();
        rig.Settings = rig.Settings with { Endpoint = new Uri(rig.Server.Address + "/api/mirror/") };
        rig.Server.Answer = request => request.Target.StartsWith("/api/mirror/", StringComparison.Ordinal) ? rig.Repository.Answer(request with { Target = request.Target["/api/mirror".Length..] }) : HubReply.Error("404 Not Found");

        await rig.FetchAsync();

        rig.AssertWhole();
    }

    [Fact]
    public async Task Fetch_TellsHowFarItIs()
    {
        using var rig = new HubRig();
        rig.Repository.Files["model.safetensors"] = new byte[9 << 20];

        var snapshot = await rig.FetchAsync();

        var total = snapshot.Files.Sum(file => file.Size);
        Assert.Equal(rig.Progress.Select(p => p.Done).Order(), rig.Progress.Select(p => p.Done));
        Assert.Equal(new HubProgress("model.safetensors", total, total), rig.Progress[^1]);
        Assert.InRange(rig.Progress.Count(p => p.File == "model.safetensors"), 3, 4);
    }

    [Fact]
    public async Task Fetch_IntoAnEmptyFolder_FillsIt()
    {
        using var rig = new HubRig();
        Directory.CreateDirectory(rig.Folder);

        await rig.FetchAsync();

        rig.AssertWhole();
    }

    [Fact]
    public async Task Fetch_IntoAFolderWithFiles_AsksNothingAndLeavesThem()
    {
        using var rig = new HubRig();
        Directory.CreateDirectory(rig.Folder);
        await File.WriteAllTextAsync(Path.Combine(rig.Folder, "mine"), "mine");

        await Assert.ThrowsAsync<DataException>(() => rig.FetchAsync());

        Assert.Equal(["mine"], rig.Placed);
        Assert.Empty(rig.Server.Requests);
    }

    [Theory]
    [InlineData("pytorch_model.bin", "has pytorch_model.bin, but no weights as safetensors", "save_pretrained")]
    [InlineData("tiny.gguf", "has no weights as safetensors", "model.safetensors")]
    [InlineData("consolidated.safetensors", "has consolidated.safetensors, but neither", "model.safetensors.index.json")]
    [InlineData("unet/model.safetensors", "has no weights as safetensors", "at its top")]
    public async Task Fetch_OfARepositoryWithoutWeightsThatCanBeUsed_SaysWhatItHas(string weights, string what, string advice)
    {
        using var rig = new HubRig(new HubRepository());
        rig.Repository.Files["config.json"] = "{}"u8.ToArray();
        rig.Repository.Files[weights] = [1];

        var error = await rig.FailsAsync<DataException>();

        Assert.Contains($"acme/tiny at {HubRepository.Commit} {what}", error.Message, StringComparison.Ordinal);
        Assert.Contains(advice, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Requests, request => request.IsFor(weights));
    }

    [Fact]
    public async Task Fetch_OfAnIndexThatNamesWhatIsNotThere_IsRefused()
    {
        using var rig = new HubRig(HubRepository.Of("llama-tied-bf16-sharded"));
        var shard = rig.Repository.Files.Keys.Last(path => path.EndsWith(".safetensors", StringComparison.Ordinal));
        rig.Repository.Files.Remove(shard);

        Assert.Contains($"has no {shard}", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
        Assert.DoesNotContain(rig.Server.Requests, request => request.Target.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{ \"weight_map\": 1 }")]
    [InlineData("{ \"weight_map\": { \"a\": 1 } }")]
    [InlineData("{")]
    public async Task Fetch_OfAnIndexThatIsNone_IsRefused(string index)
    {
        using var rig = new HubRig(HubRepository.Of("llama-tied-bf16-sharded"));
        rig.Repository.Files["model.safetensors.index.json"] = Encoding.UTF8.GetBytes(index);

        Assert.Contains("model.safetensors.index.json cannot be read", (await rig.FailsAsync<DataException>()).Message, StringComparison.Ordinal);
    }
}
