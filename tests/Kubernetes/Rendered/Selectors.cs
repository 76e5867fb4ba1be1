namespace Ptune.Kubernetes.Tests.Rendered;

/// <summary>Label selectors as Kubernetes reads them: every requirement must hold, and an empty selector selects all.</summary>
internal static class Selectors
{
    public static bool Matches(this V1LabelSelector selector, IDictionary<string, string> labels) =>
        Matches(selector.MatchLabels ?? new Dictionary<string, string>(), labels)
        && (selector.MatchExpressions ?? []).All(requirement => Holds(requirement, labels));

    public static bool Matches(this IDictionary<string, string> required, IDictionary<string, string> labels) =>
        required.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    private static bool Holds(V1LabelSelectorRequirement requirement, IDictionary<string, string> labels)
    {
        var present = labels.TryGetValue(requirement.Key, out var value);
        return requirement.OperatorProperty switch
        {
            "In" => present && requirement.Values.Contains(value!),
            "NotIn" => !present || !requirement.Values.Contains(value!),
            "Exists" => present,
            "DoesNotExist" => !present,
            var unknown => throw new InvalidOperationException($"Kubernetes has no selector operator {unknown}"),
        };
    }
}
