using System.Net;

namespace Ptune.Kubernetes.Tests.Rendered;

/// <summary>Who may talk to whom under the NetworkPolicies of an overlay: the sender's egress and the receiver's ingress must both allow it.</summary>
internal sealed class Traffic(Overlay overlay)
{
    private const string NamespaceLabel = "kubernetes.io/metadata.name";

    private readonly List<V1NetworkPolicy> _policies = [.. overlay.All<V1NetworkPolicy>()];

    public IEnumerable<V1NetworkPolicy> Of(Workload pod) => _policies.Where(policy => policy.Spec.PodSelector.Matches(pod.PodLabels));

    public bool Allows(Workload from, Workload to, int port) =>
        Egress(from).Any(rule => Ports(rule.Ports, port, to) && Peers(rule.To).Any(peer => IsPod(peer, to)))
        && Ingress(to).Any(rule => Ports(rule.Ports, port, to) && Peers(rule.FromProperty).Any(peer => IsPod(peer, from)));

    public bool AllowsOutside(Workload from, IPAddress address, int port) =>
        Egress(from).Any(rule => Ports(rule.Ports, port, from) && Peers(rule.To).Any(peer => IsAddress(peer, address)));

    public bool AllowsFromNamespace(IDictionary<string, string> labels, IDictionary<string, string> podLabels, Workload to, int port) =>
        Ingress(to).Any(rule => Ports(rule.Ports, port, to) && Peers(rule.FromProperty).Any(peer =>
            peer.NamespaceSelector?.Matches(labels) == true && peer.PodSelector?.Matches(podLabels) != false));

    private IEnumerable<V1NetworkPolicyEgressRule> Egress(Workload pod) => Of(pod).SelectMany(policy => policy.Spec.Egress ?? []);

    private IEnumerable<V1NetworkPolicyIngressRule> Ingress(Workload pod) => Of(pod).SelectMany(policy => policy.Spec.Ingress ?? []);

    // No list of peers at all means everybody; written so, it would be an accident here.
    private static IEnumerable<V1NetworkPolicyPeer> Peers(IList<V1NetworkPolicyPeer>? peers) =>
        peers is { Count: > 0 } ? peers : throw new InvalidOperationException("a rule without peers is open to everybody");

    private static bool Ports(IList<V1NetworkPolicyPort>? ports, int port, Workload receiver) => ports is not { Count: > 0 } || ports.Any(
        allowed => allowed.Port.Value == $"{port}"
            || receiver.Containers.SelectMany(c => c.Ports ?? []).Any(p => p.Name == allowed.Port.Value && p.ContainerPort == port));

    private bool IsPod(V1NetworkPolicyPeer peer, Workload pod) =>
        peer.IpBlock is null
        && peer.PodSelector?.Matches(pod.PodLabels) != false
        && peer.NamespaceSelector?.Matches(OwnNamespace()) != false;

    private Dictionary<string, string> OwnNamespace()
    {
        var own = Assert.Single(overlay.All<V1Namespace>()).Metadata;
        return new(own.Labels) { [NamespaceLabel] = own.Name };
    }

    private static bool IsAddress(V1NetworkPolicyPeer peer, IPAddress address) =>
        peer.IpBlock is { } block
        && IPNetwork.Parse(block.Cidr).Contains(address)
        && !(block.Except ?? []).Any(hole => IPNetwork.Parse(hole).Contains(address));
}
