using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Commands;

/// <summary><c>ptune models import</c> against a server that takes everything.</summary>
public sealed class ModelImportTests : IAsyncLifetime
{
    private static readonly string[] s_needed = ["LICENSE", "config.json", "model-1-of-2.safetensors", "model-2-of-2.safetensors", "model.safetensors.index.json", "tokenizer.json"];

    private readonly Client _client = new();
    private FakeServer? _server;

    private FakeServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _client.Variables["PTUNE_SERVER"] = _server.Url;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
    }

    [Fact]
    public async Task Folder_WithPicklesAndCode_OnlyTheModelsFilesAreSentAndPublished()
    {
        var outcome = (await _client.RunAsync("models", "import", "new@v1", "--from", Folder(), "--licence", "mit")).Expect(ExitCode.Done);
        var spec = Assert.IsType<ImportSpec>(Assert.Single(Server.Models.Specs));
        var files = Assert.IsType<UploadedSource>(spec.From).Files;
        Assert.Equal(s_needed, files.Select(file => file.Path));
        Assert.Equal(("new@v1", "mit", null, null), (spec.Publish, spec.Licence, spec.Base, spec.WithoutHead));
        Assert.All(files, file => Assert.Equal(Content(file.Path).Length, file.Bytes));
        // These are no safetensors, which the job will say.
        Assert.Null(spec.Parameters);
        Assert.All(files, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Content(file.Path)))), file.Sha256));
        Assert.Equal(files.Select(file => file.Sha256).Order(StringComparer.Ordinal), Server.Models.Uploads.Order(StringComparer.Ordinal));
        foreach (var word in new[] { "new@v1", "llama", "134,515,008", "bfloat16", "49,152", "8192", "apache-2.0" }) Assert.Contains(word, outcome.Output, StringComparison.Ordinal);
        foreach (var word in new[] { "note: The first.", "note: The second.", "ptune generate new@v1" }) Assert.Contains(word, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Folder_OfAnEncoderWithoutAHead_SaysSoAndHowManyNumbersItHas()
    {
        Write("encoder/config.json", "{}");
        // The length of the header in eight bytes, then the header.
        const string header = """{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[3,4],"data_offsets":[0,48]},"b":{"dtype":"F32","shape":[],"data_offsets":[48,52]}}""";
        File.WriteAllBytes(Path.Combine(_client.Folder, "encoder", "model.safetensors"), [.. BitConverter.GetBytes((ulong)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[52]]);
        (await _client.RunAsync("models", "import", "new@v1", "--from", "encoder", "--without-head")).Expect(ExitCode.Done);
        var spec = Assert.IsType<ImportSpec>(Assert.Single(Server.Models.Specs));
        Assert.Equal((13, true), (spec.Parameters, spec.WithoutHead));
    }

    [Fact]
    public async Task Folder_WhoseFilesTheStoreHas_SendsNoByteAgain()
    {
        (await _client.RunAsync("models", "import", "new@v1", "--from", Folder())).Expect(ExitCode.Done);
        var received = Server.Models.Received;
        (await _client.RunAsync("models", "import", "new@v2", "--from", Folder(), "-o", "json")).Expect(ExitCode.Done);
        Assert.Equal(received, Server.Models.Received);
        Assert.Equal(["new@v1", "new@v2"], Server.Models.Specs.Select(spec => spec.Publish));
    }

    [Fact]
    public async Task Json_IsTheArtifactAlone()
    {
        var outcome = (await _client.RunAsync("models", "import", "new@v1", "--from", Folder(), "-o", "json")).Expect(ExitCode.Done);
        using var json = JsonDocument.Parse(outcome.Output);
        Assert.Equal(FakeModels.Digest, json.RootElement.GetProperty("digest").GetString());
    }

    [Fact]
    public async Task Reference_SendsNoFileAndNamesTheFullPath()
    {
        var folder = Folder();
        (await _client.RunAsync("models", "import", "new@v1", "--from", "model", "--reference")).Expect(ExitCode.Done);
        var from = Assert.IsType<FolderSource>(Assert.IsType<ImportSpec>(Assert.Single(Server.Models.Specs)).From);
        Assert.Equal((folder, s_needed.Length), (from.Path, from.Files.Length));
        Assert.Empty(Server.Models.Uploads);
    }

    [Theory]
    [InlineData("hf:owner/name", "owner/name", "main")]
    [InlineData("hf:owner/name@12fd25f", "owner/name", "12fd25f")]
    public async Task Hub_IsFetchedByTheWorker(string from, string repository, string revision)
    {
        (await _client.RunAsync("models", "import", "new@v1", "--from", from)).Expect(ExitCode.Done);
        var source = Assert.IsType<HubSource>(Assert.IsType<ImportSpec>(Assert.Single(Server.Models.Specs)).From);
        Assert.Equal((repository, revision), (source.Repository, source.Revision));
    }

    [Fact]
    public async Task Hub_NumbersThatAreSaid_StandInTheSpec()
    {
        (await _client.RunAsync("models", "import", "new@v1", "--from", "hf:owner/name", "--parameters", "135000000")).Expect(ExitCode.Done);
        Assert.Equal(135_000_000, Assert.IsType<ImportSpec>(Assert.Single(Server.Models.Specs)).Parameters);
    }

    [Fact]
    public async Task Name_OfAnotherArtifact_IsRefusedBeforeAnythingIsSentUnlessItIsMoved()
    {
        var refused = (await _client.RunAsync("models", "import", FakeModels.Taken, "--from", Folder())).Expect(ExitCode.Usage);
        Assert.Contains("taken@v1 stands for sha256:7777", refused.Error, StringComparison.Ordinal);
        Assert.Contains("--move", refused.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Models.Uploads);
        Assert.Empty(Server.Models.Specs);
        (await _client.RunAsync("models", "import", FakeModels.Taken, "--from", Folder(), "--move")).Expect(ExitCode.Done);
        Assert.Contains("POST /v1/jobs?move=true", Server.Requests);
    }

    [Theory]
    [InlineData("new@v1 --from nowhere", ExitCode.NotFound, "'nowhere' does not exist")]
    [InlineData("new@v1 --from empty", ExitCode.Usage, "'empty' is empty")]
    [InlineData("new@v1 --from peft", ExitCode.Usage, "ptune patches import NAME@VERSION --from peft")]
    [InlineData("new@v1 --from pickled", ExitCode.Usage, "pytorch_model.bin, but no model.safetensors")]
    [InlineData("new@v1 --from leftovers", ExitCode.Usage, "'leftovers' holds no weights")]
    [InlineData("new@v1 --from holed", ExitCode.NotFound, "names model-1.safetensors, which is not there")]
    [InlineData("new@v1 --from leaking", ExitCode.Usage, "'../secret', which is no file of the folder")]
    [InlineData("new --from empty", ExitCode.Usage, "write NAME@VERSION")]
    [InlineData("new@v1 --from hf:name", ExitCode.Usage, "write hf:OWNER/NAME")]
    [InlineData("new@v1 --from empty --parameters 5", ExitCode.Usage, "--parameters goes with hf:")]
    [InlineData("new@v1 --from hf:owner/name --parameters 0", ExitCode.Usage, "--parameters is 0; it must be at least 1")]
    [InlineData("new@v1 --from hf:owner/name --parameters many", ExitCode.Usage, "many")]
    [InlineData("new@v1 --from hf:owner/name --reference", ExitCode.Usage, "--reference goes with a folder")]
    [InlineData("new@v1", ExitCode.Usage, "--from")]
    public async Task BadInput_IsRefusedBeforeAServerIsAsked(string line, int exitCode, string words)
    {
        Write("empty/.keep", null);
        Write("peft/adapter_config.json", "{}");
        Write("pickled/config.json", "{}");
        Write("pickled/optimizer.pt", "");
        Write("leftovers/config.json", "{}");
        Write("leftovers/optimizer.pt", "");
        Write("pickled/pytorch_model.bin", "");
        Write("holed/config.json", "{}");
        Write("holed/model.safetensors.index.json", """{"weight_map": {"a": "model-1.safetensors"}}""");
        Write("leaking/config.json", "{}");
        Write("leaking/model.safetensors.index.json", """{"weight_map": {"a": "../secret"}}""");
        var outcome = (await _client.RunAsync(["models", "import", .. line.Split(' ')])).Expect(exitCode);
        Assert.Contains(words, outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task Interrupted_WhileTheJobRuns_CancelsItAndSaysThatNothingWasImported()
    {
        await using var holding = await FakeServer.StartAsync(Scenario.Hold);
        _client.Variables["PTUNE_SERVER"] = holding.Url;
        using var process = _client.Start("models", "import", "new@v1", "--from", Folder());
        await holding.Followed;
        Signals.Send(process.Id, Signals.Interrupt);
        var outcome = (await Client.EndAsync(process)).Expect(ExitCode.Interrupted);
        Assert.Contains("Nothing was imported", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(holding.Requests, request => request.EndsWith("/cancel", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Patch_OfAModel_NamesItByDigest()
    {
        Write("peft/adapter_config.json", "{}");
        Write("peft/adapter_model.safetensors", "delta");
        Write("peft/optimizer.pt", "left");
        var outcome = (await _client.RunAsync("patches", "import", "mine@v1", "--from", "peft", "--base", FakeModels.Model)).Expect(ExitCode.Done);
        var spec = Assert.IsType<ImportSpec>(Assert.Single(Server.Models.Specs));
        Assert.Equal((FakeModels.Digest, "mine@v1"), (spec.Base, spec.Publish));
        Assert.Equal(["adapter_config.json", "adapter_model.safetensors"], Assert.IsType<UploadedSource>(spec.From).Files.Select(file => file.Path));
        Assert.Contains("mine@v1", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patch_OfAnUnknownModelOrOfNoAdapter_IsRefused()
    {
        Write("peft/adapter_config.json", "{}");
        Write("peft/adapter_model.safetensors", "delta");
        (await _client.RunAsync("patches", "import", "mine@v1", "--from", "peft", "--base", "nobody@v1")).Expect(ExitCode.NotFound);
        var outcome = (await _client.RunAsync("patches", "import", "mine@v1", "--from", Folder(), "--base", FakeModels.Model)).Expect(ExitCode.Usage);
        Assert.Contains("holds a model, and no PEFT adapter", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Models.Specs);
        Assert.Empty(Server.Models.Uploads);
    }

    private string Folder()
    {
        foreach (var name in s_needed.Concat(["pytorch_model.bin", "model.onnx", "modeling_own.py", "trainer_state.json", "optimizer.pt", "consolidated.safetensors"])) Write($"model/{name}", Content(name));
        return Path.Combine(_client.Folder, "model");
    }

    private static string Content(string name) => name.EndsWith("index.json", StringComparison.Ordinal)
        ? """{"weight_map": {"a": "model-1-of-2.safetensors", "b": "model-2-of-2.safetensors"}}"""
        : $"what is in {name}";

    private void Write(string name, string? text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_client.Folder, name))!);
        if (text is not null) _client.Write(name, text);
    }
}
