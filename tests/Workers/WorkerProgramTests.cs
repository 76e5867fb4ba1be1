using System.Diagnostics;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Workers.Tests;

public sealed class WorkerProgramTests
{
    // Nobody listens on this port.
    private const string NoCluster =
        "DefaultEndpointsProtocol=http;AccountName=worker;AccountKey=a2V5;BlobEndpoint=http://127.0.0.1:9/worker;TableEndpoint=http://127.0.0.1:9/worker";

    [Fact]
    public async Task Program_ToldToLeaveBeforeItFoundItsCluster_ExitsWith0()
    {
        using var cache = new TemporaryFolder("worker");
        using var process = Process.Start(WithoutACluster(cache.Location))!;
        var (said, logged) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        // It holds its folder: it has started, and now looks for its cluster.
        await Eventually.IsTrueAsync("it starts", () => Directory.GetFiles(Path.Combine(cache.Location, "attempts"), "*.lock").Length == 1);

        Signals.Send(process.Id, UnixSignal.Terminate);

        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("", await said);
        Assert.DoesNotContain("Unhandled", await logged, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Program_ACacheThatIsAFile_SaysSoAndExitsWith1()
    {
        using var folder = new TemporaryFolder("worker");
        await File.WriteAllTextAsync(folder.PathOf("cache"), "");
        using var process = Process.Start(WithoutACluster(folder.PathOf("cache")))!;
        var logged = process.StandardOutput.ReadToEndAsync();

        var said = await process.StandardError.ReadToEndAsync();

        await logged;
        await process.WaitForExitAsync();
        Assert.Contains(folder.PathOf("cache"), said, StringComparison.Ordinal);
        Assert.Equal(1, process.ExitCode);
    }

    [Fact]
    public async Task Program_BadConfiguration_SaysAllOfItAndExitsWith2()
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Programs.Supervisor]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PTUNE_Worker__Threads"] = "none";
        start.Environment["PTUNE_Worker__Devise"] = "cpu";
        start.Environment["PTUNE_Worker__Executor"] = Programs.FakeExecutor;
        start.Environment["PTUNE_Orleans__ClusterId"] = " ";
        start.Environment["PTUNE_Messaging__Uri"] = "http://broker";
        start.Environment.Remove("PTUNE_Storage__ConnectionString");
        using var process = Process.Start(start)!;

        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("Worker:Threads is 'none'", said, StringComparison.Ordinal);
        Assert.Contains("Worker:Devise is not a setting", said, StringComparison.Ordinal);
        Assert.Contains("Orleans:ClusterId", said, StringComparison.Ordinal);
        Assert.Contains("Storage:ConnectionString is missing", said, StringComparison.Ordinal);
        Assert.Contains("Messaging:Uri", said, StringComparison.Ordinal);
    }

    private static ProcessStartInfo WithoutACluster(string cache)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Programs.Supervisor]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PTUNE_Worker__Cache"] = cache;
        start.Environment["PTUNE_Worker__Executor"] = Programs.FakeExecutor;
        start.Environment["PTUNE_Storage__ConnectionString"] = NoCluster;
        start.Environment["PTUNE_Messaging__Uri"] = "amqp://127.0.0.1:9/";
        return start;
    }
}
