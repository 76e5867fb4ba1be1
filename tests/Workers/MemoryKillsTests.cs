using Ptune.Fixtures;
using Ptune.Supervisor.Executors;

namespace Ptune.Workers.Tests;

public sealed class MemoryKillsTests : IDisposable
{
    private readonly TemporaryFolder _root = new("cgroup");

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("0::/jobs/one\n", "jobs/one/memory.events", "low 0\nhigh 0\noom 3\noom_kill 2\noom_group_kill 9\n")]
    [InlineData("0::/outside\n", "memory.events", "oom_kill 2\n")]
    [InlineData("9:name=systemd:/\n4:cpu,memory:/jobs/one\n0::/\n", "memory/jobs/one/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n")]
    [InlineData("4:memory:/outside\n", "memory/memory.oom_control", "oom_kill 2\n")]
    public void Count_OfAGroup_IsTheKernels(string groups, string file, string text)
    {
        var path = _root.PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        Assert.Equal(2, new MemoryKills(groups, _root.Location).Count());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense\n4:memory:/x\n")]
    public void Count_NothingTells_IsUnknown(string groups) => Assert.Null(new MemoryKills(groups, _root.Location).Count());
}
