using System.Net;

namespace Ptune.Kubernetes.Tests;

/// <summary>The policies let through what the system needs and nothing else.</summary>
public sealed class NetworkPolicyTests
{
    private static readonly IPAddress Outside = IPAddress.Parse("203.0.113.7");
    private static readonly IPAddress CloudMetadata = IPAddress.Parse("169.254.169.254");

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Pods_OfEveryWorkload_AreDeniedByDefaultAndHaveAPolicyOfTheirOwn(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var traffic = new Traffic(overlay);
        foreach (var pod in overlay.Workloads)
        {
            Assert.Contains(traffic.Of(pod), p => IsForAll(p) && p.Spec.PolicyTypes.Order().SequenceEqual(["Egress", "Ingress"])
                && p.Spec.Ingress is not { Count: > 0 } && p.Spec.Egress is not { Count: > 0 });
            Assert.Contains(traffic.Of(pod), p => !IsForAll(p));
        }
    }

    [Theory]
    [InlineData("base", "ptune-silo", "ptune-silo", 11111)]
    [InlineData("base", "ptune-worker", "ptune-silo", 30000)]
    [InlineData("overlays/gpu", "ptune-silo", "ptune-silo", 11111)]
    [InlineData("overlays/gpu", "ptune-worker", "ptune-silo", 30000)]
    [InlineData("overlays/dev", "ptune-silo", "ptune-silo", 11111)]
    [InlineData("overlays/dev", "ptune-worker", "ptune-silo", 30000)]
    [InlineData("overlays/dev", "ptune-silo", "rabbitmq", 5672)]
    [InlineData("overlays/dev", "ptune-worker", "rabbitmq", 5672)]
    [InlineData("overlays/dev", "ptune-silo", "azurite", 10000)]
    [InlineData("overlays/dev", "ptune-worker", "azurite", 10000)]
    [InlineData("overlays/dev", "ptune-silo", "azurite", 10002)]
    [InlineData("overlays/dev", "ptune-worker", "azurite", 10002)]
    public async Task Traffic_ThatTheSystemNeeds_IsAllowed(string name, string from, string to, int port)
    {
        var overlay = await Overlay.RenderAsync(name);
        Assert.True(new Traffic(overlay).Allows(overlay.Named(from), overlay.Named(to), port));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Traffic_BetweenAllPodsAndPorts_IsNoMoreThanTheSystemNeeds(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var traffic = new Traffic(overlay);
        var ports = overlay.Workloads.SelectMany(w => w.Containers).SelectMany(c => c.Ports ?? []).Select(p => p.ContainerPort).Distinct().ToList();
        var allowed = from sender in overlay.Workloads
                      from receiver in overlay.Workloads
                      from port in ports
                      where traffic.Allows(sender, receiver, port)
                      select $"{sender.Name} > {receiver.Name}:{port}";
        string[] always = ["ptune-silo > ptune-silo:11111", "ptune-worker > ptune-silo:30000"];
        string[] backing =
            [.. from sender in new[] { "ptune-silo", "ptune-worker" } from to in new[] { "azurite:10000", "azurite:10002", "rabbitmq:5672" } select $"{sender} > {to}"];
        var inside = overlay.Workloads.Any(w => w.Name == "rabbitmq");
        Assert.Equal((inside ? always.Concat(backing) : always).Order(StringComparer.Ordinal), allowed.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("base", "ptune-silo", 5672, true)]
    [InlineData("base", "ptune-silo", 443, true)]
    [InlineData("base", "ptune-silo", 80, false)]
    [InlineData("base", "ptune-worker", 5672, true)]
    [InlineData("base", "ptune-worker", 443, true)]
    [InlineData("base", "ptune-worker", 22, false)]
    [InlineData("overlays/dev", "ptune-silo", 443, false)]
    [InlineData("overlays/dev", "ptune-worker", 443, true)]
    [InlineData("overlays/dev", "rabbitmq", 443, false)]
    public async Task Traffic_ToTheOutside_IsToTheBackingServicesPorts(string name, string from, int port, bool allowed)
    {
        var overlay = await Overlay.RenderAsync(name);
        Assert.Equal(allowed, new Traffic(overlay).AllowsOutside(overlay.Named(from), Outside, port));
        Assert.False(new Traffic(overlay).AllowsOutside(overlay.Named(from), CloudMetadata, port));
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Dns_OfEveryPod_IsReachable(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var resolver = new Dictionary<string, string> { ["k8s-app"] = "kube-dns" };
        var system = new Dictionary<string, string> { ["kubernetes.io/metadata.name"] = "kube-system" };
        foreach (var pod in overlay.Workloads)
            Assert.Contains(new Traffic(overlay).Of(pod).SelectMany(p => p.Spec.Egress ?? []), rule =>
                rule.To.Any(peer => peer.NamespaceSelector?.Matches(system) == true && peer.PodSelector?.Matches(resolver) == true)
                && new[] { "UDP", "TCP" }.All(protocol => rule.Ports.Any(p => p.Port.Value == "53" && p.Protocol == protocol)));
    }

    [Theory]
    [InlineData("base", "ptune/api-access", "allowed", true)]
    [InlineData("base", "kubernetes.io/metadata.name", "default", false)]
    [InlineData("base", "kubernetes.io/metadata.name", "monitoring", false)]
    [InlineData("overlays/gpu", "kubernetes.io/metadata.name", "monitoring", true)]
    [InlineData("overlays/gpu", "kubernetes.io/metadata.name", "default", false)]
    public async Task Http_FromAnotherNamespace_NeedsItsLabel(string name, string label, string value, bool allowed)
    {
        var overlay = await Overlay.RenderAsync(name);
        var silo = overlay.Named("ptune-silo");
        var prometheus = new Dictionary<string, string> { ["app.kubernetes.io/name"] = "prometheus" };
        var labels = new Dictionary<string, string> { [label] = value };
        Assert.Equal(allowed, new Traffic(overlay).AllowsFromNamespace(labels, prometheus, silo, 8080));
        Assert.False(new Traffic(overlay).AllowsFromNamespace(labels, prometheus, silo, 30000));
    }

    private static bool IsForAll(V1NetworkPolicy policy) =>
        policy.Spec.PodSelector is { MatchLabels: not { Count: > 0 }, MatchExpressions: not { Count: > 0 } };
}
