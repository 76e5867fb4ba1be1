using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;
using Ptune.Contracts.Workers;

namespace Ptune.Cli.FakeSilo;

/// <summary>The HTTP API with fabricated answers on a free loopback port, for tests of the client alone.</summary>
public sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FakeRuns _runs;

    private FakeServer(WebApplication app, FakeRuns runs) => (_app, _runs) = (app, runs);

    /// <summary>What this process's servers answer as their instance.</summary>
    public static string Instance { get; } = Guid.NewGuid().ToString("N");

    public string Url => _app.Urls.First();

    /// <summary>Every request as <c>METHOD path?query</c>, in the order of arrival.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>The Authorization headers that came.</summary>
    public ConcurrentQueue<string> Tokens { get; } = [];

    /// <summary>The idempotency keys that came.</summary>
    public ConcurrentQueue<string> Keys { get; } = [];

    /// <summary>Where people can log in.</summary>
    public LoginIssuer[] Issuers { get; set; } = [];

    /// <summary>Language models, and what is done with them.</summary>
    public FakeModels Models => _runs.Models;

    /// <summary>Completes when somebody follows events.</summary>
    public Task Followed => _runs.Followed.Task;

    public static async Task<FakeServer> StartAsync(Scenario scenario = Scenario.Complete, string? store = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Services.ConfigureHttpJsonOptions(o => SpecJson.Apply(o.SerializerOptions));
        var app = builder.Build();
        var runs = new FakeRuns(scenario, store);
        var server = new FakeServer(app, runs);
        app.Use(async (http, next) =>
        {
            server.Requests.Enqueue($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}");
            if (http.Request.Headers[Routes.IdempotencyKey] is [{ } key]) server.Keys.Enqueue(key);
            if (http.Request.Headers.Authorization is [{ } token]) server.Tokens.Enqueue(token);
            if (scenario == Scenario.Broken) await Results.Problem("The store is on fire.", statusCode: 500).ExecuteAsync(http);
            else await next(http);
        });
        app.UseRouting();
        app.UseEndpoints(_ => { });
        runs.Map(app);
        MapRegistry(app, scenario, runs.Models);
        FakeStore.Map(app, runs.Models);
        FakeAudit.Map(app);
        FakeTenants.Map(app);
        runs.Models.Map(app);
        app.MapGet(Routes.Issuers, () => server.Issuers);
        app.MapGet(Routes.WhoAmI, (HttpContext http) => http.Request.Headers.Authorization.ToString() == "Bearer wrong"
            ? Results.Problem("The key is unknown.", statusCode: 401)
            : Results.Ok(new WhoAmI("ann", "h3k7mqp2", Role.Submitter, "red", ["red"])));
        await runs.TakeUpAsync();
        await app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static void MapRegistry(WebApplication app, Scenario scenario, FakeModels models)
    {
        var content = "tensors\n"u8.ToArray();
        var digest = Contracts.Identity.Digest.Of(content);
        var recipe = FakeRuns.Pretraining();
        var files = new[] { new ArtifactFile("model.safetensors", digest, content.Length), new ArtifactFile("notes/config.json", digest, content.Length) };
        var manifest = new ArtifactManifest { Kind = ArtifactKind.Model, JobId = FakeRuns.JobId, Files = files, Recipe = recipe, Labels = ["even", "odd"] };
        var artifact = new ArtifactView("sha256:" + new string('a', 64), manifest, ["vit@v1"], 2 * content.Length, FakeRuns.Then);
        app.MapGet(Routes.Models, (HttpContext http) => FakePages.Of(http, [new ModelView("vit@v1", artifact.Digest, "vit", "sha256:" + new string('b', 64), 2, FakeRuns.JobId, 557_056, FakeRuns.Then), FakeStore.Shared], row => row.Alias));
        var row = new ArtifactRow("default", artifact.Digest, ArtifactKind.Model, FakeRuns.JobId, null, artifact.Bytes, FakeRuns.Then);
        var many = Enumerable.Range(0, scenario == Scenario.Many ? FakePages.Many : 0).Select(i => row with { Digest = "sha256:" + i.ToString("x64", CultureInfo.InvariantCulture) });
        app.MapGet(Routes.Artifacts, (HttpContext http) => FakePages.Of(http, many.Append(row), r => r.Digest));
        app.MapGet(Routes.Artifact, (string reference) => reference switch
        {
            "vit@v1" => Results.Ok(artifact),
            "tampered@v1" => Results.Ok(artifact with { Manifest = manifest with { Files = [files[0] with { Digest = "sha256:" + new string('c', 64) }] } }),
            "escaping@v1" => Results.Ok(artifact with { Manifest = manifest with { Files = [files[0] with { Path = "../outside" }] } }),
            _ => FakeModels.Artifact(reference) is { } found ? Results.Ok(found) : Results.Problem($"There is no artifact '{reference}'.", statusCode: 404),
        });
        app.MapGet(Routes.ArtifactFile, (string reference, string path) => path == "generations.jsonl" && models.Specs.LastOrDefault() is GenerationSpec spec
            ? Results.Text(FakeModels.Generations(spec))
            : Results.Bytes(reference == FabricatedLanguageStudy.Texts ? FabricatedLanguageStudy.File : content));
        // A worker that is told to drain has left at the next look.
        var report = new WorkerReport("default", scenario == Scenario.Hostile ? FakeRuns.Hostile : "host", 4711, "cpu", 2, 1, "0.1.0", [FakeRuns.JobId], 7.5, new() { ["zone"] = "a" });
        var worker = new WorkerView("worker-1", report, FakeRuns.Then, FakeRuns.Then, WorkerOrder.Work);
        var hasLeft = false;
        app.MapGet(Routes.Workers, () => hasLeft ? Array.Empty<WorkerView>() : [worker]);
        app.MapPost(Routes.WorkerDrain, (string id) =>
        {
            hasLeft = id == worker.WorkerId;
            return hasLeft ? Results.Ok(worker with { Order = WorkerOrder.Drain }) : Results.Problem($"There is no worker '{id}'.", statusCode: 404);
        });
        app.MapPost(Routes.WorkerUndrain, (string id) => worker);
        app.MapGet(Routes.Pools, () => new[] { new PoolView("default", 3, 1, []) });
        app.MapGet(Routes.Version, () => new ServerInfo("0.1.0", "embedded", Environment.ProcessId, FakeRuns.Then, "http://127.0.0.1/dashboard", Instance));
    }
}
