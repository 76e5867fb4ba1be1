namespace Ptune.Kubernetes.Tests;

/// <summary>Pods meet the restricted profile, and nothing can reach the Kubernetes API.</summary>
public sealed class SecurityTests
{
    // What the restricted profile admits as volumes; a host path is not among them.
    private static readonly Func<V1Volume, object?>[] AdmittedVolumes =
        [v => v.EmptyDir, v => v.ConfigMap, v => v.Secret, v => v.PersistentVolumeClaim, v => v.Ephemeral, v => v.Projected, v => v.DownwardAPI, v => v.Csi];

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Namespace_OfTheOverlay_EnforcesTheRestrictedProfile(string name)
    {
        var labels = Assert.Single((await Overlay.RenderAsync(name)).All<V1Namespace>()).Metadata.Labels;
        Assert.Equal("restricted", labels["pod-security.kubernetes.io/enforce"]);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Containers_OfEveryPod_MeetTheRestrictedProfile(string name)
    {
        foreach (var workload in (await Overlay.RenderAsync(name)).Workloads)
        {
            Assert.True(workload.Pod.SecurityContext?.RunAsNonRoot, workload.ToString());
            Assert.True(workload.Pod.SecurityContext!.RunAsUser > 0, workload.ToString());
            Assert.Equal("RuntimeDefault", workload.Pod.SecurityContext.SeccompProfile?.Type);
            Assert.DoesNotContain(true, new[] { workload.Pod.HostNetwork, workload.Pod.HostPID, workload.Pod.HostIPC });
            Assert.All(workload.Pod.Volumes ?? [], volume => Assert.Single(AdmittedVolumes, kind => kind(volume) is not null));
            Assert.All(workload.Containers, AssertRestricted);
        }
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Pods_OfEveryWorkload_MountNoApiToken(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        Assert.All(overlay.Workloads, workload => Assert.False(workload.Pod.AutomountServiceAccountToken ?? true, workload.ToString()));
        Assert.All(overlay.All<V1ServiceAccount>(), account => Assert.False(account.AutomountServiceAccountToken ?? true));
        foreach (var account in overlay.Workloads.Select(w => w.Pod.ServiceAccountName).OfType<string>())
            Assert.Single(overlay.All<V1ServiceAccount>(), a => a.Metadata.Name == account);
        Assert.DoesNotContain(overlay.Objects, o => o is V1Role or V1ClusterRole or V1RoleBinding or V1ClusterRoleBinding);
    }

    private static void AssertRestricted(V1Container container)
    {
        var context = container.SecurityContext;
        Assert.NotNull(context);
        Assert.False(context.AllowPrivilegeEscalation ?? true, container.Name);
        Assert.False(context.Privileged ?? false, container.Name);
        Assert.True(context.ReadOnlyRootFilesystem, container.Name);
        Assert.Equal(["ALL"], context.Capabilities?.Drop);
        Assert.Empty(context.Capabilities?.Add ?? []);
        Assert.True(context.RunAsNonRoot ?? true, container.Name);
        Assert.True(context.RunAsUser is null or > 0, container.Name);
        Assert.Contains(container.VolumeMounts, mount => mount.MountPath == "/tmp");
        Assert.All(container.Ports ?? [], port => Assert.Null(port.HostPort));
    }
}
