namespace Ptune.Kubernetes.Tests;

/// <summary>Every overlay passes both validators, and each validator does catch the errors that it is there for.</summary>
public sealed class ValidatorTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task StrictLoader_RenderedOverlay_KnowsEveryField(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var documents = overlay.Yaml.Split("\n---\n").Length;
        Assert.Equal(documents, overlay.Objects.Count);
    }

    [Theory, MemberData(nameof(Overlay.Names), MemberType = typeof(Overlay))]
    public async Task Schemas_RenderedOverlay_Hold(string name)
    {
        var overlay = await Overlay.RenderAsync(name);
        var run = await Schemas.CheckAsync(overlay.Yaml, Cancellation);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Contains($"{overlay.Objects.Count} objects are valid", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base", "imagePullPolicy:", "imagePullPolice:", "imagePullPolice")]
    [InlineData("base", "maxUnavailable: 0", "maxUnavailble: 0", "maxUnavailble")]
    [InlineData("overlays/gpu", "maxReplicaCount:", "maxReplicasCount:", "maxReplicasCount")]
    [InlineData("overlays/gpu", "terminationGracePeriodSeconds: 120", "terminationGraceSeconds: 120", "terminationGraceSeconds")]
    [InlineData("overlays/gpu", "scrapeTimeout:", "scrapeTimeOut:", "scrapeTimeOut")]
    [InlineData("overlays/dev", "serviceName: rabbitmq", "servicename: rabbitmq", "servicename")]
    public async Task StrictLoader_MisspeltField_IsRejectedByName(string name, string right, string wrong, string field)
    {
        var yaml = await ChangedAsync(name, right, wrong);
        var error = Record.Exception(() => StrictLoader.Load(yaml));
        Assert.NotNull(error);
        Assert.Contains($"'{field}'", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("base", "        name: silo\n        ports:", "        ports:", "must have required property name")]
    [InlineData("base", "  minReadySeconds: 10\n  replicas: 3\n  selector:\n    matchLabels:\n      app.kubernetes.io/name: ptune-silo\n", "  replicas: 3\n", "/spec must have required property selector")]
    [InlineData("base", "  policyTypes:\n  - Ingress\n  - Egress\n", "  policyTypes: Ingress\n", "/spec/policyTypes must be array")]
    [InlineData("base", "replicas: 3", "replicas: three", "/spec/replicas must be integer")]
    [InlineData("overlays/gpu", "  jobTargetRef:", "  jobTemplate:", "/spec must have required property jobTargetRef")]
    [InlineData("overlays/gpu", "threshold: \"1\"", "threshold: 1", "/spec/triggers/0/metadata/threshold must be string")]
    [InlineData("overlays/gpu", "  endpoints:\n  - authorization:", "  endpoint:\n  - authorization:", "/spec must have required property endpoints")]
    [InlineData("overlays/dev", "kind: StatefulSet", "kind: StatefullSet", "no schema is known for apps/v1 StatefullSet")]
    public async Task Schemas_MissingOrWrongField_IsRejectedByPath(string name, string right, string wrong, string message)
    {
        var run = await Schemas.CheckAsync(await ChangedAsync(name, right, wrong), Cancellation);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private static async Task<string> ChangedAsync(string name, string right, string wrong)
    {
        var yaml = (await Overlay.RenderAsync(name)).Yaml;
        Assert.Contains(right, yaml, StringComparison.Ordinal);
        return yaml.Replace(right, wrong, StringComparison.Ordinal);
    }
}
