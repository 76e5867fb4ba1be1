namespace Ptune.Kubernetes.Tests.Rendered;

/// <summary>Anything that makes pods. A ScaledJob has no selector of its own.</summary>
internal sealed record Workload(string Kind, string Name, V1LabelSelector? Selector, V1PodTemplateSpec Template)
{
    public V1PodSpec Pod => Template.Spec;

    public IDictionary<string, string> PodLabels => Template.Metadata.Labels;

    public IReadOnlyList<V1Container> Containers => [.. Pod.InitContainers ?? [], .. Pod.Containers];

    /// <summary>Ours, not the broker's or the storage emulator's.</summary>
    public bool IsOurs => Name.StartsWith("ptune-", StringComparison.Ordinal);

    public static Workload? From(object rendered) => rendered switch
    {
        V1Deployment d => new(d.Kind, d.Metadata.Name, d.Spec.Selector, d.Spec.Template),
        V1StatefulSet s => new(s.Kind, s.Metadata.Name, s.Spec.Selector, s.Spec.Template),
        V1DaemonSet s => new(s.Kind, s.Metadata.Name, s.Spec.Selector, s.Spec.Template),
        V1Job j => new(j.Kind, j.Metadata.Name, null, j.Spec.Template),
        V1CronJob c => new(c.Kind, c.Metadata.Name, null, c.Spec.JobTemplate.Spec.Template),
        ScaledJob s => new(s.Kind, s.Metadata.Name, null, s.Spec.JobTargetRef.Template),
        _ => null,
    };

    public override string ToString() => $"{Kind}/{Name}";
}
