using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.FakeSilo;

/// <summary>Fabricated answers about the store and about names.</summary>
internal static class FakeStore
{
    private static readonly string s_digest = "sha256:" + new string('a', 64);

    /// <summary>A name of another tenant, which shares it.</summary>
    public static ModelView Shared { get; } = new("blue/tone@v1", s_digest, null, null, 0, FakeRuns.JobId, 1_000, FakeRuns.Then, Owner: "blue");

    public static void Map(WebApplication app, FakeModels models)
    {
        var named = new ModelView("smol@v1", s_digest, null, null, 0, FakeRuns.JobId, 270_000_000, FakeRuns.Then, "llama", 134_515_008, "bfloat16", 49_152, 2_048, "apache-2.0", s_digest);
        app.MapGet(Routes.Patches, (HttpContext http) => FakePages.Of(http, [named, Shared], row => row.Alias));
        app.MapGet(Routes.Rewards, (HttpContext http) => FakePages.Of(http, [named, Shared], row => row.Alias));
        app.MapGet(Routes.Store, () => new StoreUsageView(
            [new StoreUsageRow("model", 2, 540_000_000), new StoreUsageRow(StoreKinds.Uploads, 1, 1_000)], 540_001_000, [new LargeItem("model", "default", s_digest, ["smol@v1"], 270_000_000)]));
        app.MapPost(Routes.StoreCollection, (bool? dryRun) => new CollectionView(dryRun == true, [new StoreUsageRow(StoreKinds.Uploads, 1, 1_000)], 1_000, TimeSpan.FromDays(1), []));
        app.MapDelete(Routes.Artifact, (string reference, bool? names) => names == true
            ? Results.Ok(new RemovedArtifact(reference, ArtifactKind.Model, ["vit@v1"], 16))
            : Results.Problem($"'{reference}' is in use: the name vit@v1 stands for it. Names are removed with it by --names.", statusCode: 409));
        var history = new NameView("legal@v1", s_digest, [new NameChange("sha256:" + new string('b', 64), FakeRuns.Then, "ann"), new NameChange(s_digest, FakeRuns.Then, null)]);
        app.MapGet(Routes.Name, (string name) => name == "legal@v1" ? Results.Ok(history)
            : models.DigestOf(name) is { } digest ? Results.Ok(history with { Name = name, Digest = digest }) : Results.Problem($"There is no name '{name}'.", statusCode: 404));
        app.MapPut(Routes.Name, (string name, NameRequest request) => name == "taken@v1" && !request.Move
            ? Results.Problem($"{name} stands for {s_digest}. Move it with --move, or take another version.", statusCode: 409)
            : Results.Ok(history with { Name = name }));
        app.MapDelete(Routes.Name, (string name) => history with { Name = name, Digest = null });
    }
}
