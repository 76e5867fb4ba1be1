using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Tests.Support;

/// <summary>A server with two tenants: red has one thing of each kind, and blue has nothing.</summary>
public sealed class TenantServer : AccessServer
{
    public const string Name = "vit@v1";

    /// <summary>The SHA-256 of the file that red has sent.</summary>
    public static string Upload { get; } = Digest.Hex(Digest.Of("red's file"));

    private readonly Dictionary<(string Tenant, Role Role), HttpClient> _clients = [];
    private IdxDataset _data = null!;

    protected override Dictionary<string, string?> Settings => new() { ["Data:Roots"] = Folder.PathOf("data") };

    public string Job { get; private set; } = "";

    public string Study { get; private set; } = "";

    public string Sweep { get; private set; } = "";

    /// <summary>A digest.</summary>
    public string Artifact { get; private set; } = "";

    /// <summary>The id of a key that is made anew for each request.</summary>
    public string Key { get; private set; } = "";

    internal IdxDataset Data => _data;

    internal HttpClient As(string tenant, Role role) => _clients[(tenant, role)];

    public override async ValueTask InitializeAsync()
    {
        _data = new IdxDataset(Folder.Subfolder("data"));
        await base.InitializeAsync();
        foreach (var tenant in new[] { "red", "blue" })
        {
            await Services.GetRequiredService<IGrainFactory>().GetGrain<ITenantsGrain>(ITenantsGrain.Key).Create(tenant, new TenantSettings(), "test");
            foreach (var role in Enum.GetValues<Role>())
                _clients[(tenant, role)] = Client((await KeyAsync(role, tenant, name: $"{tenant}-{role}")).Key, tenant);
        }
        var submitter = new TenantClient(As("red", Role.Submitter));
        Job = (await submitter.PostAsync<Contracts.Jobs.JobView>("/v1/jobs", Specs.NoOp("secret-name"))).JobId;
        Study = (await submitter.PostAsync<Contracts.Studies.StudyView>("/v1/studies", Specs.Study(_data, "default"))).StudyId;
        Sweep = (await submitter.PostAsync<Contracts.Sweeps.SweepView>("/v1/sweeps", Specs.Sweep(_data, "default"))).SweepId;
        using var file = File("red's file");
        (await As("red", Role.Submitter).PutAsync($"/v1/uploads/{Upload}", file)).EnsureSuccessStatusCode();
        var folder = Folder.Subfolder("artifact");
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "weights.txt"), "weights");
        Artifact = (await Services.GetRequiredService<ArtifactStore>().PutAsync(folder, new ArtifactManifest
        {
            Kind = ArtifactKind.Model,
            JobId = Job,
            Files = [],
            Recipe = new NoOpSpec { Name = "secret-name" },
            Inputs = [],
            Metrics = [],
        })).Digest;
        await RenewAsync();
    }

    /// <summary>The body of an upload.</summary>
    public static ByteArrayContent File(string text) => new(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/octet-stream") } };

    /// <summary>Makes anew what a request may have removed.</summary>
    public async Task RenewAsync()
    {
        var catalog = Services.GetRequiredService<ICatalog>();
        await catalog.PutAsync(new ArtifactRow("red", Artifact, ArtifactKind.Model, Job, null, 7, DateTimeOffset.UtcNow));
        var (key, version) = RegistryKeys.Of("red", Name);
        await Services.GetRequiredService<IGrainFactory>().GetGrain<IRegistryGrain>(key).Publish(version, Artifact);
        Key = (await KeyAsync(Role.Viewer, "red")).Details.Id;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await base.DisposeAsync();
    }
}
