namespace Ptune.Kubernetes.Tests;

/// <summary>Silos come and go one at a time, and are asked how they are in the right places.</summary>
public sealed class SiloTests
{
    [Fact]
    public async Task Replicas_OfBase_AreThree() => Assert.Equal(3, (await DeploymentAsync("base")).Spec.Replicas);

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Update_OfSilos_NeverTakesOneAwayFirst(string name)
    {
        var strategy = (await DeploymentAsync(name)).Spec.Strategy;
        Assert.Equal("RollingUpdate", strategy.Type);
        Assert.Equal("0", strategy.RollingUpdate.MaxUnavailable.Value);
        Assert.Equal("1", strategy.RollingUpdate.MaxSurge.Value);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task DisruptionBudget_OfSilos_SelectsThemAndLetsOneGo(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var budget = Assert.Single(overlay.All<V1PodDisruptionBudget>()).Spec;
        Assert.Equal(["ptune-silo"], overlay.Workloads.Where(w => budget.Selector.Matches(w.PodLabels)).Select(w => w.Name));
        Assert.Equal("1", budget.MaxUnavailable.Value);
        Assert.Null(budget.MinAvailable);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Probes_OfASilo_AskTheHealthEndpoints(string name)
    {
        var container = await ContainerAsync(name);
        Assert.Equal(8080, Assert.Single(container.Ports, p => p.Name == "http").ContainerPort);
        Assert.Equal(("/health/live", "http"), Target(container.StartupProbe));
        Assert.Equal(("/health/live", "http"), Target(container.LivenessProbe));
        Assert.Equal(("/health/ready", "http"), Target(container.ReadinessProbe));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Shutdown_OfASilo_WaitsForTheEndpointsAndThenForTheHost(string name)
    {
        var pod = (await DeploymentAsync(name)).Spec.Template.Spec;
        var wait = Assert.Single(pod.Containers).Lifecycle.PreStop.Sleep.Seconds;
        const int hostsOwnLimit = 30;
        Assert.InRange(wait, 1, pod.TerminationGracePeriodSeconds!.Value - hostsOwnLimit);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Endpoint_OfASilo_IsThePodsAddressAndItsNamedPorts(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var container = await ContainerAsync(name);
        var address = Assert.Single(container.Env, v => v.Name == "PTUNE_Orleans__AdvertisedAddress");
        Assert.Equal("status.podIP", address.ValueFrom.FieldRef.FieldPath);
        var settings = overlay.Settings(container);
        Assert.Equal(settings["PTUNE_Orleans__SiloPort"], $"{Assert.Single(container.Ports, p => p.Name == "silo").ContainerPort}");
        Assert.Equal(settings["PTUNE_Orleans__GatewayPort"], $"{Assert.Single(container.Ports, p => p.Name == "gateway").ContainerPort}");
        Assert.EndsWith(":8080", settings["PTUNE_Http__Urls"], StringComparison.Ordinal);
    }

    private static (string Path, string Port) Target(V1Probe? probe)
    {
        Assert.NotNull(probe);
        return (probe.HttpGet.Path, probe.HttpGet.Port.Value);
    }

    private static async Task<V1Deployment> DeploymentAsync(string name) =>
        Assert.Single((await Overlay.RenderAsync(name)).All<V1Deployment>(), d => d.Metadata.Name == "ptune-silo");

    private static async Task<V1Container> ContainerAsync(string name) => Assert.Single((await DeploymentAsync(name)).Spec.Template.Spec.Containers);
}
