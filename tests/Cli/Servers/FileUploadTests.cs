using System.Security.Cryptography;
using Ptune.Cli.Servers;

namespace Ptune.Cli.Tests.Servers;

public sealed class FileUploadTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ptune-upload-").FullName;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(1_000_000);
    private UploadServer? _server;
    private ServerClient? _client;

    private string Sha256 => Convert.ToHexStringLower(SHA256.HashData(_content));

    private UploadServer Server => _server!;

    public async ValueTask InitializeAsync()
    {
        _server = await UploadServer.StartAsync();
        _client = new ServerClient(_server.Url, token: (string?)null, tenant: null);
    }

    public async ValueTask DisposeAsync()
    {
        _client!.Dispose();
        await Server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task RunAsync_NewFile_ArrivesWhole()
    {
        Assert.Equal(Sha256, await RunAsync(Write()));
        Assert.Equal(_content, Server[Sha256]);
        Assert.Equal(["bytes 0-999999/1000000"], Server.Ranges);
    }

    [Fact]
    public async Task RunAsync_ConnectionsBreak_OnlyTheRestIsSentAgain()
    {
        foreach (var some in new int?[] { 300_000, 1, 200_000 }) Server.Breaks.Enqueue(some);
        await RunAsync(Write());
        Assert.Equal(_content, Server[Sha256]);
        Assert.Equal(4, Server.Ranges.Count);
        Assert.Equal("bytes 300000-999999/1000000", Server.Ranges[1]);
        Assert.Equal(_content.Length, Server.Received);
    }

    [Fact]
    public async Task RunAsync_FileIsThere_SendsNoByteButAsksForItToBeKept()
    {
        Server[Sha256] = _content;
        await RunAsync(Write());
        Assert.Equal(["bytes */1000000"], Server.Ranges);
        Assert.Equal(0, Server.Received);
    }

    [Fact]
    public async Task RunAsync_NothingArrives_GivesUpAndSaysSo()
    {
        for (var i = 0; i < 20; i++) Server.Breaks.Enqueue(0);
        var failure = await Assert.ThrowsAnyAsync<CliException>(() => RunAsync(Write()));
        Assert.Equal(ExitCode.Unreachable, failure.ExitCode);
        Assert.Equal(6, Server.Ranges.Count);
    }

    [Fact]
    public async Task RunAsync_FileIsAnotherThanDeclared_IsRefused()
    {
        var failure = await Assert.ThrowsAnyAsync<CliException>(() => new FileUpload(_client!, TimeProvider.System).RunAsync(Write(), new string('0', 64), CancellationToken.None));
        Assert.Equal(ExitCode.Usage, failure.ExitCode);
        Assert.Contains("digest", failure.Message, StringComparison.Ordinal);
        Assert.Single(Server.Ranges);
    }

    [Fact]
    public async Task RunAsync_Progress_ReachesTheEndOfEachStep()
    {
        var reports = new List<TransferProgress>();
        await new FileUpload(_client!, TimeProvider.System, new Collected(reports)).RunAsync(Write(), CancellationToken.None);
        foreach (var step in new[] { "reading", "sending" }) Assert.Equal(_content.Length, reports.Last(report => report.Step == step).Bytes);
        Assert.All(reports, report => Assert.Equal(("weights.bin", (long)_content.Length), (report.Name, report.Total)));
    }

    [Fact]
    public async Task RunAsync_EmptyFile_Arrives()
    {
        var path = Path.Combine(_folder, "empty");
        await File.WriteAllBytesAsync(path, []);
        var sha256 = await RunAsync(path);
        Assert.Empty(Server[sha256]);
    }

    [Fact]
    public async Task RunAsync_NoFile_SaysSo()
    {
        Assert.Equal(ExitCode.NotFound, (await Assert.ThrowsAnyAsync<CliException>(() => RunAsync(Path.Combine(_folder, "nothing")))).ExitCode);
        Assert.Contains("not a regular file", (await Assert.ThrowsAnyAsync<CliException>(() => RunAsync(_folder))).Message, StringComparison.Ordinal);
    }

    private Task<string> RunAsync(string path) => new FileUpload(_client!, TimeProvider.System) { FirstPause = TimeSpan.FromMilliseconds(1) }.RunAsync(path, CancellationToken.None);

    private string Write()
    {
        var path = Path.Combine(_folder, "weights.bin");
        File.WriteAllBytes(path, _content);
        return path;
    }

    private sealed class Collected(List<TransferProgress> reports) : IProgress<TransferProgress>
    {
        public void Report(TransferProgress value) => reports.Add(value);
    }
}
