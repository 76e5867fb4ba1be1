namespace Ptune.Kubernetes.Tests;

/// <summary>What must hold for every pod of every overlay, ours or not.</summary>
public sealed class WorkloadTests
{
    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Selector_OfEveryWorkload_SelectsItsOwnPodsOnly(string name)
    {
        var workloads = (await Overlay.RenderAsync(name)).Workloads;
        Assert.NotEmpty(workloads);
        foreach (var owner in workloads.Where(w => w.Selector is not null))
            Assert.Equal([owner.ToString()], workloads.Where(w => owner.Selector!.Matches(w.PodLabels)).Select(w => w.ToString()));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Service_Ports_ArePortsOfThePodsThatItSelects(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        foreach (var service in overlay.All<V1Service>())
        {
            var pods = Assert.Single(overlay.Workloads, w => service.Spec.Selector.Matches(w.PodLabels));
            var ports = pods.Containers.SelectMany(c => c.Ports ?? []).ToDictionary(p => p.Name, p => p.ContainerPort);
            Assert.All(service.Spec.Ports, port => Assert.Equal(port.Port, ports[port.TargetPort.Value]));
        }
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Images_OfEveryContainer_HaveAVersion(string name) =>
        Assert.All((await Overlay.RenderAsync(name)).Workloads.SelectMany(w => w.Containers), c => Assert.Matches(@"^[a-z0-9./-]+:\d+\.\d+[\w.-]*$", c.Image));

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Objects_WithANamespace_AreInTheOverlaysOwn(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var own = Assert.Single(overlay.All<V1Namespace>()).Metadata.Name;
        var metadata = overlay.Objects.Where(o => o is not V1Namespace).Select(o => (V1ObjectMeta)o.GetType().GetProperty("Metadata")!.GetValue(o)!);
        Assert.All(metadata, m => Assert.Equal(own, m.NamespaceProperty));
        Assert.All(metadata, m => Assert.Equal("ptune", m.Labels["app.kubernetes.io/part-of"]));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Volumes_ThatAreMounted_Exist(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        foreach (var workload in overlay.Workloads)
        {
            var claims = overlay.All<V1StatefulSet>().Where(s => s.Metadata.Name == workload.Name)
                .SelectMany(s => s.Spec.VolumeClaimTemplates ?? []).Select(c => c.Metadata.Name);
            var volumes = (workload.Pod.Volumes ?? []).Select(v => v.Name).Concat(claims).Order();
            var mounted = workload.Containers.SelectMany(c => c.VolumeMounts ?? []).Select(m => m.Name).Distinct().Order();
            Assert.Equal(volumes, mounted);
        }
    }
}
