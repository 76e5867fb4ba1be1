using System.Security.Cryptography;
using System.Text;
using Ptune.Cli.FakeSilo;
using Ptune.Cli.Tests.Support;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Commands;

/// <summary>Data files that lie with the client.</summary>
public sealed class DataUploadTests : IAsyncLifetime
{
    private const string Content = "{\"text\": \"hello\"}\n", Tokens = "{\"model\": {}}";

    private readonly Client _client = new();
    private FakeServer? _server;

    private FakeServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _client.Variables["PTUNE_SERVER"] = _server.Url;
        _client.Write("texts.jsonl", Content);
        _client.Write("tokenizer.json", Tokens);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _client.Dispose();
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("run")]
    public async Task Upload_TextsAndTokenizer_AreSentAndTheSpecSaysSo(string command)
    {
        (await _client.RunAsync(command, Spec(Sha256(Content), Sha256(Tokens)), "--upload")).Expect(ExitCode.Done);
        var spec = Assert.IsType<PretrainingSpec>(Assert.Single(Server.Models.Specs));
        Assert.Equal((IDatasetSpec.Uploads, IDatasetSpec.Uploads), (spec.Data.Dataset.Location, spec.Tokenizer!.Location));
        Assert.Equal(new[] { Sha256(Content), Sha256(Tokens) }.Order(StringComparer.Ordinal), Server.Models.Uploads.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ServerOnThisMachine_ReadsTheFilesItself()
    {
        (await _client.RunAsync("submit", Spec(Sha256(Content), Sha256(Tokens)))).Expect(ExitCode.Done);
        Assert.Equal(_client.Folder, Assert.IsType<PretrainingSpec>(Assert.Single(Server.Models.Specs)).Data.Dataset.Location);
        Assert.Empty(Server.Models.Uploads);
    }

    [Fact]
    public async Task OtherDigest_IsAnErrorAtItsLineBeforeAnythingIsSent()
    {
        var spec = Spec(Sha256(Content), Sha256("another"));
        var outcome = (await _client.RunAsync("submit", spec, "--upload")).Expect(ExitCode.Usage);
        Assert.Contains($"{spec}:13:", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"is {Sha256(Tokens)}, and the spec declares {Sha256("another")}", outcome.Error, StringComparison.Ordinal);
        Assert.Empty(Server.Requests);
    }

    [Fact]
    public async Task NothingToUpload_IsSaid()
    {
        Assert.Contains("Nothing is uploaded", (await _client.RunAsync("submit", SampleSpecs.Job(_client), "--upload")).Expect(ExitCode.Done).Error, StringComparison.Ordinal);
        Assert.Empty(Server.Models.Uploads);
    }

    private string Spec(string texts, string tokenizer) => _client.Write("texts.yaml", $$"""
        apiVersion: ptune/v1
        kind: Pretraining
        name: small
        data:
          dataset:
            kind: text
            name: hello
            location: {{_client.Folder}}
            files: [{ path: texts.jsonl, sha256: {{texts}} }]
          split: tuning
        tokenizer:
          location: {{_client.Folder}}
          file: { path: tokenizer.json, sha256: {{tokenizer}} }
        architecture: { kind: llama, width: 32, layers: 1, heads: 2, context: 64 }
        recipe: { steps: 2 }
        """);

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
