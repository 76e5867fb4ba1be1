using System.Globalization;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;
using Ptune.Silo.Hosting;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Hosting;

public sealed class LifeTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("life");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_ManyMistakes_ReportsAllAndEndsWith2()
    {
        var (exitCode, log) = await SiloProcess.RunAsync(
            _folder.Location,
            new() { ["PTUNE_Http__Urls"] = "http://0.0.0.0:0", ["PTUNE_Http__Auth"] = "none", ["PTUNE_Mode"] = "embeded", ["PTUNE_Orleans__SiloPort"] = "x", ["PTUNE_Http__Tokn"] = "x" },
            "--anounce", "file");
        Assert.Equal(ExitCodes.Usage, exitCode);
        foreach (var expected in new[] { "--announce", "PTUNE_Http__Auth", "PTUNE_Mode", "PTUNE_Orleans__SiloPort", "5 problems" }) Assert.Contains(expected, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SecondServerOnTheStore_IsRefusedWithTheFirstOnesProcess()
    {
        await using var first = await SiloProcess.StartAsync(_folder.Location);
        var (exitCode, log) = await SiloProcess.RunAsync(_folder.Location);
        Assert.Equal(ExitCodes.StoreInUse, exitCode);
        Assert.Contains($"process {first.Pid.ToString(CultureInfo.InvariantCulture)}", log, StringComparison.Ordinal);
        using var http = first.Client();
        Assert.True((await http.GetAsync("/health/ready")).IsSuccessStatusCode);
    }

    [Fact]
    public async Task Start_AnnouncementThatCannotBeWritten_IsRefusedBeforeAnythingIsStarted()
    {
        var file = _folder.PathOf("file");
        await File.WriteAllTextAsync(file, "");
        var announced = Path.Combine(file, "announced.json");
        var (exitCode, log) = await SiloProcess.RunAsync(_folder.Location, null, "--announce", announced);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains($"--announce {announced}", log, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.PathOf("store", "store.db")));
    }

    [Fact]
    public async Task Start_TooFewOpenFiles_IsRefusedInWords()
    {
        var (exitCode, log) = await SiloProcess.RunInShellAsync(_folder.Location, "ulimit -n 64; exec \"$0\"");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("ulimit -n", log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_TakenPort_IsRefusedInWords()
    {
        await using var first = await SiloProcess.StartAsync(_folder.Location);
        var (exitCode, log) = await SiloProcess.RunAsync(_folder.Subfolder("other"), new() { ["PTUNE_Http__Urls"] = first.Url.ToString().TrimEnd('/') });
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains("PTUNE_Http__Urls", log, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixSignal.Terminate)]
    [InlineData(UnixSignal.Interrupt)]
    public async Task Stop_OnASignal_EndsOpenStreamsAndTakesTheAnnouncementBack(UnixSignal signal)
    {
        var announced = _folder.PathOf("announced.json");
        // It sweeps all the time, so that a sweep is under way when it is told to stop.
        await using var server = await SiloProcess.StartAsync(_folder.Location, new() { ["PTUNE_Jobs__SweepInterval"] = "00:00:00.01" }, "--announce", announced);
        using var client = new TenantClient(server.Client(), "tenant");
        var inStore = _folder.PathOf("store", ServerFile.Name);
        foreach (var path in new[] { announced, inStore })
        {
            var file = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
            Assert.Equal((server.Pid, server.Url.ToString().TrimEnd('/')), ((int)file["pid"]!, (string)file["url"]!));
            Assert.Equal($"{file["url"]}/dashboard", (string)file["dashboard"]!);
            Assert.Equal(ProcessStart.Of(server.Pid), (long)file["startTime"]!);
            Assert.Equal((string)file["instance"]!, (await client.GetAsync<ServerInfo>(Routes.Version)).Instance);
        }

        var job = await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"));
        await using var events = await EventStream.OpenAsync(client, $"/v1/jobs/{job.JobId}/events");
        Assert.NotNull(await events.NextAsync<JobView>("job"));

        Assert.Equal(ExitCodes.Stopped, await server.StopAsync(signal));
        Assert.False(File.Exists(announced));
        Assert.False(File.Exists(inStore));
        Assert.DoesNotContain(server.Lines, line => line.Contains("warn:", StringComparison.Ordinal) || line.Contains("fail:", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_AfterAKill_FindsTheJobsAndReplacesTheStaleFile()
    {
        string id;
        await using (var first = await SiloProcess.StartAsync(_folder.Location))
        {
            using var client = new TenantClient(first.Client(), "tenant");
            id = (await client.PostAsync<JobView>(Routes.Jobs, Specs.NoOp("a", "idle"))).JobId;
            await first.StopAsync(UnixSignal.Kill);
        }
        Assert.Null(ServerFile.FindRunning(_folder.PathOf("store", ServerFile.Name)));

        await using var second = await SiloProcess.StartAsync(_folder.Location);
        Assert.Equal(second.Pid, ServerFile.FindRunning(_folder.PathOf("store", ServerFile.Name))?.Pid);
        using var http = second.Client();
        http.DefaultRequestHeaders.Add(Routes.TenantHeader, id[..id.IndexOf('.', StringComparison.Ordinal)]);
        Assert.True((await http.GetAsync($"/v1/jobs/{id}")).IsSuccessStatusCode);
    }

    [Fact]
    public void FindRunning_PidThatNowBelongsToAnotherProcess_FindsNone()
    {
        var path = _folder.PathOf(ServerFile.Name);
        var server = new ServerFile("http://127.0.0.1:1", Environment.ProcessId, "", "instance", ProcessStart.Of(Environment.ProcessId));
        server.Write(path);
        Assert.Equal(server, ServerFile.FindRunning(path));
        (server with { StartTime = server.StartTime - 1 }).Write(path);
        Assert.Null(ServerFile.FindRunning(path));
    }

    [Fact]
    public async Task Start_Idle_IsQuietAndSmall()
    {
        await using var server = await SiloProcess.StartAsync(_folder.Location);
        Assert.Single(server.Lines);
        var status = await File.ReadAllLinesAsync($"/proc/{server.Pid.ToString(CultureInfo.InvariantCulture)}/status");
        var kilobytes = int.Parse(Array.Find(status, l => l.StartsWith("VmRSS", StringComparison.Ordinal))!.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        Assert.InRange(kilobytes, 1, 300 * 1024);
    }
}
