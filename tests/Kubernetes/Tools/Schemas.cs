namespace Ptune.Kubernetes.Tests.Tools;

/// <summary>The second validator: kubernetes-models' schemas, which know wrong types and missing required fields.</summary>
internal static class Schemas
{
    private const string Hint = "Node.js 18 or newer is needed: apt-get install nodejs npm.";

    public static async Task<Command> CheckAsync(string yaml, CancellationToken cancellation)
    {
        Assert.True(
            Directory.Exists(Repository.PathOf("eng", "npm", "kubernetes", "node_modules")),
            "the schemas are not installed: npm ci --prefix eng/npm/kubernetes");
        var run = await Command.RunAsync("node", ["eng/npm/kubernetes/validate.mjs"], yaml, Hint, cancellation);
        Assert.True(run.ExitCode is 0 or 1, $"validate.mjs ended with {run.ExitCode}:\n{run.Error}");
        return run;
    }
}
