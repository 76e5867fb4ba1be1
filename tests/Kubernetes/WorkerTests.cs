using System.Globalization;

namespace Ptune.Kubernetes.Tests;

/// <summary>Workers have the device they are set to, and the time to save what they did.</summary>
public sealed class WorkerTests
{
    private const string GpuResource = "nvidia.com/gpu";

    [Theory]
    [InlineData("base", "cuda", "1")]
    [InlineData("overlays/dev", "cpu", null)]
    [InlineData("overlays/gpu", "cuda", "1")]
    public async Task Device_OfAWorker_IsWhatItsLimitsAndImageGive(string name, string device, string? gpus)
    {
        var overlay = await Overlay.RenderAsync(name);
        var container = Assert.Single(overlay.Named("ptune-worker").Containers);
        Assert.Equal(device, overlay.Settings(container)["PTUNE_Worker__Device"]);
        Assert.Equal(gpus, container.Resources.Limits.TryGetValue(GpuResource, out var limit) ? limit.ToString() : null);
        Assert.EndsWith($"-{device}", container.Image, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Shutdown_OfAWorker_LeavesTimeForItsCheckpoint(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var worker = overlay.Named("ptune-worker");
        var grace = Span(overlay, worker, "PTUNE_Worker__GracePeriod");
        Assert.InRange(grace.TotalSeconds, 1, worker.Pod.TerminationGracePeriodSeconds!.Value - 15);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Executors_OfAWorker_FillItsProcessorLimitWithTheirThreads(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var container = Assert.Single(overlay.Named("ptune-worker").Containers);
        var settings = overlay.Settings(container);
        var threads = Count(settings["PTUNE_Worker__Executors"]) * Count(settings["PTUNE_Worker__Threads"]);
        Assert.Equal(Count(container.Resources.Limits["cpu"].ToString()), threads);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Cache_OfAWorker_IsAVolumeOfItsOwn(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var worker = overlay.Named("ptune-worker");
        var container = Assert.Single(worker.Containers);
        var mount = Assert.Single(container.VolumeMounts, m => m.MountPath == overlay.Settings(container)["PTUNE_Worker__Cache"]);
        Assert.NotNull(Assert.Single(worker.Pod.Volumes, v => v.Name == mount.Name).EmptyDir.SizeLimit);
    }

    private static int Count(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    internal static TimeSpan Span(Overlay overlay, Workload worker, string setting) =>
        TimeSpan.ParseExact(overlay.Settings(Assert.Single(worker.Containers))[setting], "c", CultureInfo.InvariantCulture);
}
