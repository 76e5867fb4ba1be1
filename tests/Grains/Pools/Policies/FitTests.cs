using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Workers;
using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Tests.Pools.Policies;

public sealed class FitTests
{
    private static readonly Shape _zone = Shape.Of(new Needs { Labels = new() { ["zone"] = "a" } }, null);

    [Fact]
    public void Obstacle_NoNeeds_IsNone() => Assert.Null(Fit.Obstacle(Shape.Any, Queued.Worker()));

    [Theory]
    [InlineData(DeviceKind.Cuda, "cuda:1", true)]
    [InlineData(DeviceKind.Cuda, "cpu", false)]
    [InlineData(DeviceKind.Cpu, "cpu", true)]
    [InlineData(DeviceKind.Cpu, "cuda:0", false)]
    public void Obstacle_Device_HasToBeOfTheKind(DeviceKind needed, string device, bool fits) =>
        Assert.Equal(fits, Fit.Obstacle(Queued.Shape(needed), Queued.Worker(device: device)) is null);

    [Theory]
    [InlineData(16.0, null)]
    [InlineData(15.9, "it needs 16 GiB, but w has 15.9 GiB")]
    [InlineData(null, "it needs 16 GiB, but w does not report its memory (set Worker:MemoryGiB)")]
    public void Obstacle_Memory_HasToBeThere(double? memory, string? words) =>
        Assert.Equal(words, Fit.Obstacle(Queued.Shape(memory: 16), Queued.Worker(memory: memory))?.Words);

    [Fact]
    public void Obstacle_Labels_HaveToBeEqual()
    {
        Assert.Equal("it needs the label zone=a, but w has no zone", Fit.Obstacle(_zone, Queued.Worker())!.Words);
        Assert.Equal("it needs the label zone=a, but w has zone=b", Fit.Obstacle(_zone, Queued.Worker(labels: new() { ["zone"] = "b" }))!.Words);
        Assert.Null(Fit.Obstacle(_zone, Queued.Worker(labels: new() { ["zone"] = "a", ["more"] = "x" })));
    }

    [Fact]
    public void Obstacle_ExcludedWorker_NamesTheRule()
    {
        Assert.Equal(WaitRule.Excluded, Fit.Obstacle(Queued.Shape(excluded: "w"), Queued.Worker())!.Rule);
        Assert.Null(Fit.Obstacle(Queued.Shape(excluded: "w"), Queued.Worker("v")));
    }

    [Fact]
    public void Obstacle_DrainingWorker_NamesTheRule() =>
        Assert.Equal(WaitRule.Drained, Fit.Obstacle(Shape.Any, Queued.Worker(order: WorkerOrder.Drain))!.Rule);

    [Fact]
    public void HasRoom_SharedMemory_CountsWhatIsInUse()
    {
        Assert.True(Fit.HasRoom(Queued.Shape(memory: 0.3), Queued.Worker(memory: 0.6, used: 0.1 + 0.2)));
        Assert.False(Fit.HasRoom(Queued.Shape(memory: 0.4), Queued.Worker(memory: 0.6, used: 0.3)));
        Assert.True(Fit.HasRoom(Shape.Any, Queued.Worker(memory: 1, used: 1)));
    }
}
