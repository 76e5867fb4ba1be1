using k8s;

namespace Ptune.Kubernetes.Tests.Tools;

/// <summary>The first validator: KubernetesClient, which knows misspelt fields.</summary>
internal static class StrictLoader
{
    private static readonly Dictionary<string, Type> Custom = new()
    {
        ["keda.sh/v1alpha1/ScaledJob"] = typeof(ScaledJob),
        ["monitoring.coreos.com/v1/ServiceMonitor"] = typeof(ServiceMonitor),
    };

    /// <summary>The objects of a YAML stream, typed.</summary>
    public static List<object> Load(string yaml) => KubernetesYaml.LoadAllFromString(yaml, Custom, strict: true);
}
