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
        Artifact = await PutAsync("weights", new NoOpSpec { Name = "secret-name" });
        await RenewAsync();
    }

    /// <summary>Puts a model of red's into the store.</summary>
    /// <param name="content">What is in its one file.</param>
    /// <param name="recipe">What is said to have made it.</param>
    /// <param name="inputs">From what, by role.</param>
    /// <param name="licence">What is recorded as its licence.</param>
    /// <returns>Its digest.</returns>
    public async Task<string> PutAsync(string content, JobSpec recipe, Dictionary<string, string>? inputs = null, string? licence = null)
    {
        var folder = Folder.Subfolder($"artifact-{Guid.NewGuid():n}");
        await System.IO.File.WriteAllTextAsync(Path.Combine(folder, "weights.txt"), content);
        var stored = await Services.GetRequiredService<ArtifactStore>().PutAsync(folder, new ArtifactManifest
        {
            Kind = ArtifactKind.Model,
            JobId = Job,
            Files = [],
            Recipe = recipe,
            Inputs = inputs ?? [],
            Metrics = [],
            Attributes = licence is null ? [] : new() { [AttributeNames.Licence] = licence },
        });
        await Services.GetRequiredService<ICatalog>().PutAsync(new ArtifactRow("red", stored.Digest, ArtifactKind.Model, Job, null, stored.Bytes, DateTimeOffset.UtcNow));
        return stored.Digest;
    }

    /// <summary>Lets a name of red's stand for an artifact.</summary>
    public Task NameAsync(string name, string digest)
    {
        var (key, version) = RegistryKeys.Of("red", name);
        return Services.GetRequiredService<IGrainFactory>().GetGrain<IRegistryGrain>(key).Publish(version, digest);
    }

    /// <summary>The body of an upload.</summary>
    public static ByteArrayContent File(string text) => new(System.Text.Encoding.UTF8.GetBytes(text)) { Headers = { ContentType = new("application/octet-stream") } };

    /// <summary>Makes anew what a request may have removed.</summary>
    public async Task RenewAsync()
    {
        var catalog = Services.GetRequiredService<ICatalog>();
        await catalog.PutAsync(new ArtifactRow("red", Artifact, ArtifactKind.Model, Job, null, 7, DateTimeOffset.UtcNow));
        await NameAsync(Name, Artifact);
        Key = (await KeyAsync(Role.Viewer, "red")).Details.Id;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var client in _clients.Values) client.Dispose();
        await base.DisposeAsync();
    }
}
