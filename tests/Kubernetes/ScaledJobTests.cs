namespace Ptune.Kubernetes.Tests;

/// <summary>The gpu overlay: a worker for each job that waits or runs, and none that is ever deleted at work.</summary>
public sealed class ScaledJobTests
{
    [Fact]
    public async Task Workers_OfTheGpuOverlay_AreAScaledJobAlone()
    {
        var overlay = await Overlay.RenderAsync("overlays/gpu");
        Assert.Equal("ScaledJob", overlay.Named("ptune-worker").Kind);
        Assert.DoesNotContain("kind: ScaledObject", overlay.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trigger_OfTheGpuOverlay_CountsQueuedAndLeasedJobsOfItsPool()
    {
        var (overlay, job) = await ScaledJobAsync();
        var trigger = Assert.Single(job.Spec.Triggers);
        var pool = overlay.Settings(Assert.Single(overlay.Named("ptune-worker").Containers))["PTUNE_Worker__Pool"];
        Assert.Equal("prometheus", trigger.Type);
        Assert.Equal("1", trigger.Metadata["threshold"]);
        Assert.Contains("ptune_pool_jobs{", trigger.Metadata["query"], StringComparison.Ordinal);
        Assert.Contains($"namespace=\"{job.Metadata.NamespaceProperty}\"", trigger.Metadata["query"], StringComparison.Ordinal);
        Assert.Contains($"pool=\"{pool}\"", trigger.Metadata["query"], StringComparison.Ordinal);
        Assert.Contains("state=~\"queued|leased\"", trigger.Metadata["query"], StringComparison.Ordinal);
        // The metric holds running work, so KEDA must subtract the running workers: accurate would not.
        Assert.Equal("default", job.Spec.ScalingStrategy.Strategy);
    }

    [Fact]
    public async Task Job_OfTheGpuOverlay_IsNeverDeletedOrRepeatedAtWork()
    {
        var (_, job) = await ScaledJobAsync();
        Assert.Equal("gradual", job.Spec.Rollout.Strategy);
        Assert.Equal(0, job.Spec.JobTargetRef.BackoffLimit);
        Assert.Null(job.Spec.JobTargetRef.ActiveDeadlineSeconds);
        Assert.Equal("Never", job.Spec.JobTargetRef.Template.Spec.RestartPolicy);
        Assert.Equal("false", job.Spec.JobTargetRef.Template.Metadata.Annotations["cluster-autoscaler.kubernetes.io/safe-to-evict"]);
    }

    [Fact]
    public async Task Worker_OfTheGpuOverlay_LeavesWhenIdleAndElsewhereStays()
    {
        var (overlay, _) = await ScaledJobAsync();
        Assert.Equal(TimeSpan.FromMinutes(5), WorkerTests.Span(overlay, overlay.Named("ptune-worker"), "PTUNE_Worker__ExitWhenIdle"));
        var fixedNumber = await Overlay.RenderAsync("base");
        Assert.DoesNotContain("PTUNE_Worker__ExitWhenIdle", fixedNumber.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pod_OfTheGpuOverlay_IsThatOfBaseOnGpuNodes()
    {
        var (overlay, _) = await ScaledJobAsync();
        var pod = overlay.Named("ptune-worker").Pod;
        var usual = (await Overlay.RenderAsync("base")).Named("ptune-worker").Pod;
        Assert.Equal(usual.TerminationGracePeriodSeconds, pod.TerminationGracePeriodSeconds);
        Assert.Equal(usual.Containers[0].Image, pod.Containers[0].Image);
        Assert.Equal(usual.Containers[0].Env.Select(v => v.Name), pod.Containers[0].Env.Select(v => v.Name));
        Assert.Equal("true", pod.NodeSelector["nvidia.com/gpu.present"]);
        Assert.Single(pod.Tolerations, t => t is { Key: "nvidia.com/gpu", OperatorProperty: "Exists", Effect: "NoSchedule" });
    }

    [Fact]
    public async Task ServiceMonitor_OfTheGpuOverlay_ScrapesTheSilosService()
    {
        var overlay = await Overlay.RenderAsync("overlays/gpu");
        var monitor = Assert.Single(overlay.All<ServiceMonitor>()).Spec;
        var service = Assert.Single(overlay.All<V1Service>(), s => monitor.Selector.Matches(s.Metadata.Labels));
        var endpoint = Assert.Single(monitor.Endpoints);
        Assert.Equal("/metrics", endpoint.Path);
        Assert.Single(service.Spec.Ports, p => p.Name == endpoint.Port);
    }

    private static async Task<(Overlay Overlay, ScaledJob Job)> ScaledJobAsync()
    {
        var overlay = await Overlay.RenderAsync("overlays/gpu");
        return (overlay, Assert.Single(overlay.All<ScaledJob>()));
    }
}
