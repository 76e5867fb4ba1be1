using Microsoft.Extensions.DependencyInjection;
using Ptune.Supervisor;

namespace Ptune.Workers.Tests;

public sealed class WorkerOptionsTests
{
    [Fact]
    public void Problems_Defaults_AreNone() => Assert.Empty(new WorkerOptions { Executor = Programs.FakeExecutor }.Problems());

    [Fact]
    public void AddSupervisor_ManyMistakes_NamesThemAll()
    {
        var options = new WorkerOptions
        {
            Pool = "two words",
            Device = "tpu",
            Executors = 0,
            Threads = 0,
            GracePeriod = TimeSpan.Zero,
            ExitWhenIdle = TimeSpan.FromSeconds(-1),
            CacheGiB = 0,
            MemoryGiB = 0,
            Labels = new() { ["two words"] = "x", ["zone"] = "" },
            Executor = "/nowhere/executor.dll",
        };

        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddSupervisor(options));

        Assert.Equal(
            ["Worker:Pool", "Worker:Device", "Worker:Executors", "Worker:Threads", "Worker:CacheGiB", "Worker:GracePeriod", "Worker:ExitWhenIdle", "Worker:MemoryGiB", "Worker:Labels:two", "Worker:Labels:zone", "Worker:Executor"],
            error.Message.Split('\n').Select(line => line.Split(' ')[0]));
    }

    /// <summary>A pool that no spec can name would wait for jobs for ever, and so would one whose name ends in a line break.</summary>
    [Theory]
    [InlineData("GPU_a100")]
    [InlineData("a.b")]
    [InlineData("default\n")]
    public void Problems_PoolThatNoSpecCanName_IsRefused(string pool) =>
        Assert.StartsWith("Worker:Pool", Assert.Single(new WorkerOptions { Executor = Programs.FakeExecutor, Pool = pool }.Problems()), StringComparison.Ordinal);

    [Fact]
    public void Problems_NamesThatEndInALineBreak_AreRefused()
    {
        var options = new WorkerOptions { Executor = Programs.FakeExecutor, Id = "a\n", Labels = new() { ["zone\n"] = "x" } };
        Assert.Equal(["Worker:Id", "Worker:Labels:zone"], options.Problems().Select(p => p.Split([' ', '\n'])[0]));
    }

    [Fact]
    public void Problems_SecretThatNoAddressCanName_IsRefused() => Assert.StartsWith(
        "Worker:Secrets:LOG-IN", Assert.Single(new WorkerOptions { Executor = Programs.FakeExecutor, Secrets = new() { ["LOG-IN"] = "x" } }.Problems()), StringComparison.Ordinal);

    [Fact]
    public void Problems_NoExecutorNamed_FindsTheOneThatTheBuildMade()
    {
        Assert.True(File.Exists(Programs.Executor));
        Assert.Empty(new WorkerOptions().Problems());
    }
}
