namespace Ptune.Kubernetes.Tests;

/// <summary>Every setting is one that the guide documents, and whatever a pod refers to is there or is the user's to make.</summary>
public sealed class SettingsTests
{
    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Environment_OfOurContainers_IsDocumented(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var containers = overlay.Workloads.Where(w => w.IsOurs).SelectMany(w => w.Containers);
        var names = containers.SelectMany(c => overlay.Settings(c).Keys.Concat(c.Env.Select(v => v.Name))).ToList();
        Assert.NotEmpty(names);
        Assert.All(names, variable => Assert.Contains(variable, Guide.Settings));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Environment_OfOurContainers_IsThatOfAClusterAndComplete(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        foreach (var workload in overlay.Workloads.Where(w => w.IsOurs))
        {
            var container = Assert.Single(workload.Containers);
            var settings = overlay.Settings(container);
            Assert.Equal("cluster", settings["PTUNE_Mode"]);
            Assert.Equal("rabbitmq", settings["PTUNE_Messaging__Transport"]);
            // A worker that knows the silos' gateways has no key of the account, and needs none.
            string store = settings.ContainsKey("PTUNE_Orleans__Gateways") ? "PTUNE_Orleans__Gateways" : "PTUNE_Storage__ConnectionString";
            Assert.Subset(
                settings.Keys.Concat(container.Env.Select(v => v.Name)).ToHashSet(),
                new HashSet<string> { "PTUNE_Orleans__ClusterId", "PTUNE_Orleans__ServiceId", store, "PTUNE_Messaging__Uri" });
        }
    }

    [Fact]
    public async Task KeylessWorkers_HaveGatewaysThatExistAndNoKeyOfTheAccount()
    {
        var overlay = await Overlay.RenderAsync("overlays/keyless");
        var container = Assert.Single(overlay.Named("ptune-worker").Containers);
        Assert.DoesNotContain(container.Env, variable => variable.Name.StartsWith("PTUNE_Storage", StringComparison.Ordinal));
        var gateways = overlay.Settings(container)["PTUNE_Orleans__Gateways"].Split(':');
        var service = Assert.Single(overlay.All<V1Service>(), s => s.Metadata.Name == gateways[0]);
        Assert.Equal("None", service.Spec.ClusterIP);
        var port = Assert.Single(service.Spec.Ports);
        Assert.Equal(gateways[1], $"{port.Port}");
        var silo = Assert.Single(overlay.Named("ptune-silo").Containers);
        Assert.Equal(port.Port, Assert.Single(silo.Ports, p => p.Name == port.TargetPort.Value).ContainerPort);
        Assert.Contains(silo.Env, variable => variable.Name == "PTUNE_Storage__ConnectionString");
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Pods_OfEveryWorkload_GetNoServiceVariables(string name) =>
        // They would read as settings: PTUNE_PORT, for one.
        Assert.All((await Overlay.RenderAsync(name)).Workloads, workload => Assert.False(workload.Pod.EnableServiceLinks ?? true, workload.ToString()));

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task SecretKeys_ThatPodsReferTo_ExistOrAreDocumented(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var made = overlay.All<V1Secret>().SelectMany(s => s.Data.Keys.Select(key => (s.Metadata.Name, key))).ToHashSet();
        var keys = overlay.Workloads.SelectMany(w => w.Containers).SelectMany(c => c.Env ?? [])
            .Select(v => v.ValueFrom?.SecretKeyRef).Concat(overlay.All<ServiceMonitor>().SelectMany(m => m.Spec.Endpoints).Select(e => e.Authorization?.Credentials))
            .OfType<V1SecretKeySelector>().Select(k => (k.Name, k.Key)).ToList();
        Assert.NotEmpty(keys);
        // Where an overlay makes Secrets, it makes all of them.
        Assert.All(keys, key => Assert.Contains(key, made.Count > 0 ? made : Guide.Secrets));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task ImportedMaps_OfEveryContainer_Exist(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var sources = overlay.Workloads.SelectMany(w => w.Containers).SelectMany(c => c.EnvFrom ?? []).ToList();
        Assert.All(sources.Select(s => s.ConfigMapRef).OfType<V1ConfigMapEnvSource>(), r => Assert.Single(overlay.All<V1ConfigMap>(), m => m.Metadata.Name == r.Name));
        Assert.All(sources.Select(s => s.SecretRef).OfType<V1SecretEnvSource>(), r => Assert.Single(overlay.All<V1Secret>(), s => s.Metadata.Name == r.Name));
    }
}
