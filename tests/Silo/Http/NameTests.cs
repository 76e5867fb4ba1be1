using System.Net;
using System.Net.Http.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Silo.Tests.Support;
using Ptune.Storage.Artifacts;

namespace Ptune.Silo.Tests.Http;

public sealed class NameTests(RunningServer running) : IAsyncLifetime
{
    private readonly TenantClient _client = running.NewTenant();
    private HandWorker? _worker;

    public async ValueTask InitializeAsync() => _worker = await HandWorker.ConnectAsync(running);

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _worker!.DisposeAsync();
    }

    [Fact]
    public async Task Put_FreeName_StandsForTheArtifact()
    {
        var model = await MakeAsync("a");
        var view = await SetAsync("legal@v1", new NameRequest(model.Digest[..20], By: "ann"));
        Assert.Equal((model.Digest, "ann"), (view.Digest, Assert.Single(view.History).By));
        Assert.Equal("legal@v1", Assert.Single(await _client.GetAsync<ModelView[]>(Routes.Models)).Alias);
    }

    [Fact]
    public async Task Put_NameOfAnother_IsMovedOnlyIfAskedAndTheHistoryKeepsBoth()
    {
        var (first, second) = (await MakeAsync("a"), await MakeAsync("b"));
        await SetAsync("legal@v1", new NameRequest(first.Digest));
        var problem = await Problem.ReadAsync(await PutAsync("legal@v1", new NameRequest(second.Digest)), HttpStatusCode.Conflict);
        Assert.Contains(first.Digest, (string?)problem["detail"], StringComparison.Ordinal);
        var moved = await SetAsync("legal@v1", new NameRequest(second.Digest, Move: true));
        Assert.Equal([first.Digest, second.Digest], moved.History.Select(change => change.Digest));
        Assert.Equal(moved.History.Length, (await _client.GetAsync<NameView>("/v1/names/legal@v1")).History.Length);
    }

    [Fact]
    public async Task Delete_Name_LeavesTheArtifactAndTheHistory()
    {
        var model = await MakeAsync("a");
        await SetAsync("legal@v1", new NameRequest(model.Digest));
        using var answer = await _client.Http.DeleteAsync("/v1/names/legal@v1");
        Assert.Null((await answer.Content.ReadFromJsonAsync<NameView>(SpecJson.Options))!.Digest);
        Assert.Empty(await _client.GetAsync<ModelView[]>(Routes.Models));
        using var artifact = await _client.GetAsync($"/v1/artifacts/{model.Digest}");
        Assert.Equal(HttpStatusCode.OK, artifact.StatusCode);
        Assert.Equal([model.Digest, null], (await _client.GetAsync<NameView>("/v1/names/legal@v1")).History.Select(change => change.Digest));
        await Problem.ReadAsync(await _client.Http.DeleteAsync("/v1/names/legal@v1"), HttpStatusCode.NotFound);
        await Problem.ReadAsync(await _client.GetAsync("/v1/artifacts/legal@v1"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Get_UnknownName_NamesTheNearest()
    {
        await SetAsync("legal@v1", new NameRequest((await MakeAsync("a")).Digest));
        Assert.Equal("legal@v1", (string?)(await Problem.ReadAsync(await _client.GetAsync("/v1/names/legla@v1"), HttpStatusCode.NotFound))["nearest"]);
        await Problem.ReadAsync(await _client.GetAsync("/v1/names/legal"), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Put_UnknownArtifact_IsNotFound() =>
        await Problem.ReadAsync(await PutAsync("legal@v1", new NameRequest("sha256:" + new string('0', 64))), HttpStatusCode.NotFound);

    [Fact]
    public async Task Models_Pages_FollowEachOther()
    {
        var model = await MakeAsync("a");
        foreach (var name in new[] { "b@v1", "a@v1", "c@v1" }) await SetAsync(name, new NameRequest(model.Digest));
        using var first = await _client.GetAsync("/v1/models?limit=2");
        Assert.Equal("3", Assert.Single(first.Headers.GetValues(Routes.TotalHeader)));
        Assert.Equal(["a@v1", "b@v1"], (await first.Content.ReadFromJsonAsync<ModelView[]>(SpecJson.Options))!.Select(m => m.Alias));
        Assert.Equal(["c@v1"], (await _client.GetAsync<ModelView[]>("/v1/models?after=b@v1")).Select(m => m.Alias));
        Assert.Empty(await _client.GetAsync<ModelView[]>(Routes.Patches));
        Assert.Empty(await _client.GetAsync<ModelView[]>(Routes.Rewards));
    }

    [Fact]
    public async Task Patches_ThatSayNoFamily_HaveThatOfTheirBase()
    {
        var model = await Made.ModelAsync(_client, _worker!, "m", family: "gpt2");
        var patch = await Made.ModelAsync(_client, _worker!, "p", ArtifactKind.Patch, baseModel: model.Digest);
        await SetAsync("legal@v1", new NameRequest(patch.Digest));
        Assert.Equal(("gpt2", model.Digest), Assert.Single((await _client.GetAsync<ModelView[]>(Routes.Patches)).Select(view => (view.Family, view.Base))));
    }

    private Task<StoredArtifact> MakeAsync(string name) => Made.ModelAsync(_client, _worker!, name);

    private Task<HttpResponseMessage> PutAsync(string name, NameRequest request) => _client.Http.PutAsJsonAsync($"/v1/names/{name}", request, SpecJson.Options);

    private async Task<NameView> SetAsync(string name, NameRequest request)
    {
        using var answer = await PutAsync(name, request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<NameView>(SpecJson.Options))!;
    }
}
