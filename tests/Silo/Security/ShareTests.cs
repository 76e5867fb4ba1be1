using System.Net;
using System.Net.Http.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>Red shares a model: with blue, or with all.</summary>
public sealed class ShareTests(TenantServer server) : IClassFixture<TenantServer>
{
    [Fact]
    public async Task Share_WithATenant_LetsItReadAndStartFromItUntilItIsTakenBack()
    {
        var model = await server.PutAsync("for blue", new NoOpSpec());
        await RefusedAsync(model);
        Assert.Equal(["blue"], (await ShareAsync(model, "blue")).With);
        Assert.Equal(["blue"], (await ShareAsync(model, "blue")).With);

        Assert.Equal("for blue", await server.As("blue", Role.Viewer).GetStringAsync($"/v1/artifacts/{model}/files/weights.txt"));
        Assert.Contains((await server.As("blue", Role.Viewer).GetFromJsonAsync<ArtifactRow[]>(Routes.Artifacts, SpecJson.Options))!, row => row.Digest == model);
        Assert.Equal(HttpStatusCode.Accepted, await SubmitAsync(model));
        Assert.Equal(("red", "blue"), await ShownAsync("red", model));
        Assert.Equal(("red", ""), await ShownAsync("blue", model));

        using (var taken = await server.As("red", Role.Operator).DeleteAsync($"/v1/artifacts/{model}/shares/blue")) Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        await RefusedAsync(model);
        var rows = (await server.As("red", Role.Operator).GetFromJsonAsync<AuditRow[]>($"{Routes.Audit}?what=artifact", SpecJson.Options))!.Where(row => row.Target == model && row.Outcome == AuditOutcome.Done);
        Assert.Equal([("artifact.unshare", "shared with nobody"), ("artifact.share", "shared with blue")], rows.Select(row => (row.What, row.After!)));
    }

    [Fact]
    public async Task Share_WithAll_IsFoundByItsDigestAndByANameOfTheOthers()
    {
        var model = await server.PutAsync("for all", new NoOpSpec());
        await ShareAsync(model, ShareRequest.All);
        Assert.Contains((await server.As("blue", Role.Viewer).GetFromJsonAsync<ArtifactRow[]>(Routes.Artifacts, SpecJson.Options))!, row => row.Digest == model);
        // By the owner's name, which only tells.
        using (var own = await server.As("red", Role.Operator).PutAsJsonAsync("/v1/names/standard@v1", new NameRequest(model), SpecJson.Options)) Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        var listed = (await server.As("blue", Role.Viewer).GetFromJsonAsync<ModelView[]>(Routes.Models, SpecJson.Options))!;
        Assert.Equal(("red/standard@v1", "red"), Assert.Single(listed, view => view.Digest == model) is var view ? (view.Alias, view.Owner) : default);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SubmitAsync("red/standard@v1"));
        Assert.Null((await server.As("red", Role.Viewer).GetFromJsonAsync<ModelView[]>(Routes.Models, SpecJson.Options))!.Single(own => own.Digest == model).Owner);
        using var named = await server.As("blue", Role.Operator).PutAsJsonAsync("/v1/names/common@v1", new NameRequest(model), SpecJson.Options);
        Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Contains((await server.As("blue", Role.Viewer).GetFromJsonAsync<ModelView[]>(Routes.Models, SpecJson.Options))!, view => view.Alias == "common@v1" && view.Digest == model && view.Owner == "red");
        Assert.Empty((await server.As("blue", Role.Viewer).GetFromJsonAsync<ModelView[]>($"{Routes.Models}?after=red/standard@v1", SpecJson.Options))!);
        Assert.Equal(HttpStatusCode.Accepted, await SubmitAsync("common@v1"));
    }

    /// <summary>By the owner's name, or the first digits of the digest where it has none; what blue has named is listed by that name alone.</summary>
    [Fact]
    public async Task Share_WithATenantThatHasNoNameForIt_IsAmongItsModels()
    {
        var model = await server.PutAsync("listed for blue", new NoOpSpec());
        await ShareAsync(model, "blue");
        Assert.Equal([$"red/{Digest.Abbreviate(model)}"], await ListedAsync("blue", model));
        Assert.Empty(await ListedAsync("red", model));
        await server.NameAsync("only-blue@v1", model);
        await server.NameAsync("only-blue@v2", model);
        Assert.Equal(["red/only-blue@v1", "red/only-blue@v2"], await ListedAsync("blue", model));
        Assert.Equal(["only-blue@v1", "only-blue@v2"], await ListedAsync("red", model));

        using (var named = await server.As("blue", Role.Operator).PutAsJsonAsync("/v1/names/from-red@v1", new NameRequest(model), SpecJson.Options)) Assert.Equal(HttpStatusCode.OK, named.StatusCode);
        Assert.Equal(["from-red@v1"], await ListedAsync("blue", model));
        (await server.As("blue", Role.Operator).DeleteAsync("/v1/names/from-red@v1")).Dispose();
        // With all, too: listed once.
        await ShareAsync(model, ShareRequest.All);
        Assert.Equal(["red/only-blue@v1", "red/only-blue@v2"], await ListedAsync("blue", model));
        (await server.As("red", Role.Operator).DeleteAsync($"/v1/artifacts/{model}/shares/all")).Dispose();
        (await server.As("red", Role.Operator).DeleteAsync($"/v1/artifacts/{model}/shares/blue")).Dispose();
        Assert.Empty(await ListedAsync("blue", model));
    }

    [Fact]
    public async Task Remove_IsRefusedWhileItIsShared_AndToThoseThatItIsSharedWith()
    {
        var model = await server.PutAsync("kept", new NoOpSpec());
        await ShareAsync(model, "blue");
        await Problem.ReadAsync(await server.As("blue", Role.Operator).DeleteAsync($"/v1/artifacts/{model}"), HttpStatusCode.Forbidden);
        await Problem.ReadAsync(await server.As("blue", Role.Operator).PostAsJsonAsync($"/v1/artifacts/{model}/shares", new ShareRequest("default"), SpecJson.Options), HttpStatusCode.Forbidden);
        var problem = await Problem.ReadAsync(await server.As("red", Role.Operator).DeleteAsync($"/v1/artifacts/{model}"), HttpStatusCode.Conflict);
        Assert.Contains("it is shared with blue", problem.ToJsonString(), StringComparison.Ordinal);

        // What blue has submitted goes on when the share is taken back, so the model stays.
        Assert.Equal(HttpStatusCode.Accepted, await SubmitAsync(model));
        (await server.As("red", Role.Operator).DeleteAsync($"/v1/artifacts/{model}/shares/blue")).Dispose();
        problem = await Problem.ReadAsync(await server.As("red", Role.Operator).DeleteAsync($"/v1/artifacts/{model}"), HttpStatusCode.Conflict);
        Assert.Contains("of tenant blue has not ended", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("red")]
    [InlineData("*")]
    [InlineData("")]
    public async Task Share_WithNoOtherTenant_IsRefused(string with)
    {
        using var answer = await server.As("red", Role.Operator).PostAsJsonAsync($"/v1/artifacts/{server.Artifact}/shares", new ShareRequest(with), SpecJson.Options);
        await Problem.ReadAsync(answer, HttpStatusCode.BadRequest);
    }

    private async Task<IEnumerable<string>> ListedAsync(string tenant, string model) =>
        (await server.As(tenant, Role.Viewer).GetFromJsonAsync<ModelView[]>(Routes.Models, SpecJson.Options))!.Where(view => view.Digest == model).Select(view => view.Alias);

    private async Task<ShareView> ShareAsync(string model, string with)
    {
        using var answer = await server.As("red", Role.Operator).PostAsJsonAsync($"/v1/artifacts/{model}/shares", new ShareRequest(with), SpecJson.Options);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<ShareView>(SpecJson.Options))!;
    }

    private async Task<(string? Owner, string With)> ShownAsync(string tenant, string model)
    {
        var view = (await server.As(tenant, Role.Viewer).GetFromJsonAsync<ArtifactView>($"/v1/artifacts/{model}", SpecJson.Options))!;
        return (view.Owner, string.Join(",", view.SharedWith));
    }

    /// <summary>For blue it does not exist.</summary>
    private async Task RefusedAsync(string model)
    {
        await Problem.ReadAsync(await server.As("blue", Role.Admin).GetAsync($"/v1/artifacts/{model}"), HttpStatusCode.NotFound);
        await Problem.ReadAsync(await server.As("blue", Role.Viewer).GetAsync($"/v1/artifacts/{model}/files/weights.txt"), HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await SubmitAsync(model));
    }

    private async Task<HttpStatusCode> SubmitAsync(string model)
    {
        using var answer = await new TenantClient(server.As("blue", Role.Submitter)).PostAsync(Routes.Jobs, Specs.FineTuning(server.Data, model));
        // The job's grain looks for its inputs, too.
        if (answer.IsSuccessStatusCode) Assert.Contains("\"status\":\"queued\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        return answer.StatusCode;
    }
}
