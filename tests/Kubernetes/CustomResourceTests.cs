using System.Reflection;
using System.Text.Json;

namespace Ptune.Kubernetes.Tests;

/// <summary>The strict loader is as good as the types it is given: ours have no field that the upstream definition lacks.</summary>
public sealed class CustomResourceTests
{
    private const string Keda = "@kubernetes-models/keda/keda.sh/v1alpha1";
    private const string Prometheus = "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";

    [Theory]
    [InlineData(typeof(ScaledJob), Keda)]
    [InlineData(typeof(ScaledJobSpec), Keda)]
    [InlineData(typeof(Rollout), Keda)]
    [InlineData(typeof(ScalingStrategy), Keda)]
    [InlineData(typeof(ScaleTriggers), Keda)]
    [InlineData(typeof(ServiceMonitor), Prometheus)]
    [InlineData(typeof(ServiceMonitorSpec), Prometheus)]
    [InlineData(typeof(Endpoint), Prometheus)]
    [InlineData(typeof(SafeAuthorization), Prometheus)]
    public void Properties_OfOurType_AreDeclaredUpstream(Type type, string module)
    {
        var declaration = Repository.Read("eng", "npm", "kubernetes", "node_modules", module, $"{type.Name}.d.ts");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var name = $"\"{JsonNamingPolicy.CamelCase.ConvertName(property.Name)}\"";
            Assert.True(
                declaration.Contains($"{name}:", StringComparison.Ordinal) || declaration.Contains($"{name}?:", StringComparison.Ordinal),
                $"{type.Name} has no field {name} upstream");
        }
    }
}
