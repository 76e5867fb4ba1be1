using System.Net;
using System.Net.Http.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>API keys on a server that asks for them.</summary>
public sealed class KeyTests(AccessServer server) : IClassFixture<AccessServer>
{
    [Fact]
    public async Task Key_Created_LetsInAsWhatItIs()
    {
        using var admin = await server.ClientAsync(Role.Admin, "*");
        await Problem.ReadAsync(await admin.PostAsJsonAsync(Routes.Keys, new ApiKeyRequest(Role.Submitter, "rde"), SpecJson.Options), HttpStatusCode.NotFound);
        await admin.PostAsJsonAsync(Routes.Tenants, new TenantRequest("red"), SpecJson.Options);
        using var response = await admin.PostAsJsonAsync(Routes.Keys, new ApiKeyRequest(Role.Submitter, "red", "ann", "90d"), SpecJson.Options);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var created = (await response.Content.ReadFromJsonAsync<ApiKeyCreated>(SpecJson.Options))!;
        Assert.Matches("^[a-z0-9]{8}\\.[A-Za-z0-9_-]{32,}$", created.Key);
        Assert.InRange(created.Details.Expires!.Value - created.Details.Created, TimeSpan.FromDays(90) - TimeSpan.FromMinutes(1), TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1));
        using var ann = server.Client(created.Key);
        var who = (await ann.GetFromJsonAsync<WhoAmI>(Routes.WhoAmI, SpecJson.Options))!;
        Assert.Equal(("ann", created.Details.Id, Role.Submitter, "red"), (who.Name, who.KeyId, who.Role, who.Tenant));
        Assert.Equal(["red"], who.Tenants!);
    }

    [Fact]
    public async Task Key_Missing_Unknown_Expired_IsRefusedWith401()
    {
        var expired = await server.KeyAsync(Role.Admin, "*", TimeSpan.FromTicks(1));
        var other = await server.KeyAsync(Role.Admin, "*");
        foreach (var token in new[] { null, "x", "aaaaaaaa." + new string('a', 43), $"{other.Details.Id}.{new string('a', 43)}", expired.Key, other.Key + "x", other.Key.ToUpperInvariant() })
        {
            using var client = server.Client(token);
            await Problem.ReadAsync(await client.GetAsync(Routes.Jobs), HttpStatusCode.Unauthorized);
        }
        using var right = server.Client(other.Key);
        Assert.Equal(HttpStatusCode.OK, (await right.GetAsync(Routes.Jobs)).StatusCode);
    }

    [Fact]
    public async Task Revoke_IsSeenByTheNextRequest()
    {
        using var admin = await server.ClientAsync(Role.Admin, "*");
        var key = await server.KeyAsync(Role.Viewer, "red");
        using var client = server.Client(key.Key);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(Routes.Jobs)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"{Routes.Keys}/{key.Details.Id}")).StatusCode);
        var problem = await Problem.ReadAsync(await client.GetAsync(Routes.Jobs), HttpStatusCode.Unauthorized);
        Assert.Contains("revoked", (string)problem["detail"]!, StringComparison.Ordinal);
        var listed = (await admin.GetFromJsonAsync<ApiKeyView[]>(Routes.Keys, SpecJson.Options))!.Single(view => view.Id == key.Details.Id);
        Assert.NotNull(listed.Revoked);
        Assert.NotNull(listed.LastUsed);
    }

    [Fact]
    public async Task Operator_HandlesTheKeysOfItsTenantOnly()
    {
        using var admin = await server.ClientAsync(Role.Admin, "*");
        using var red = await server.ClientAsync(Role.Operator, "red");
        var blue = await server.KeyAsync(Role.Viewer, "blue");
        Assert.DoesNotContain((await red.GetFromJsonAsync<ApiKeyView[]>(Routes.Keys, SpecJson.Options))!, key => key.Tenant != "red");
        Assert.Contains((await admin.GetFromJsonAsync<ApiKeyView[]>(Routes.Keys, SpecJson.Options))!, key => key.Tenant == "blue");
        await Problem.ReadAsync(await red.DeleteAsync($"{Routes.Keys}/{blue.Details.Id}"), HttpStatusCode.NotFound);
        await Problem.ReadAsync(await red.PostAsJsonAsync(Routes.Keys, new ApiKeyRequest(Role.Viewer, "blue"), SpecJson.Options), HttpStatusCode.NotFound);
        await Problem.ReadAsync(await red.PostAsJsonAsync(Routes.Keys, new ApiKeyRequest(Role.Admin), SpecJson.Options), HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Created, (await red.PostAsJsonAsync(Routes.Keys, new ApiKeyRequest(Role.Operator), SpecJson.Options)).StatusCode);
    }

    [Theory]
    [InlineData("""{"role":"submitter","tenant":"Red"}""")]
    [InlineData("""{"role":"submitter","expires":"soon"}""")]
    [InlineData("""{"role":"submitter","expires":"0d"}""")]
    [InlineData("""{"role":"admin","tenant":"red"}""")]
    [InlineData("""{"role":"submitter","name":"a\u0007"}""")]
    [InlineData("""{"role":"king"}""")]
    [InlineData("""{}""")]
    public async Task Create_WrongRequest_IsRefused(string body)
    {
        using var admin = await server.ClientAsync(Role.Admin, "*");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        await Problem.ReadAsync(await admin.PostAsync(Routes.Keys, content), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Tenant_OfTheHeader_IsOneOfTheCallersOwn()
    {
        var key = (await server.KeyAsync(Role.Viewer, "red")).Key;
        using var own = server.Client(key, "red");
        using var other = server.Client(key, "blue");
        Assert.Equal(HttpStatusCode.OK, (await own.GetAsync(Routes.Jobs)).StatusCode);
        await Problem.ReadAsync(await other.GetAsync(Routes.Jobs), HttpStatusCode.NotFound);
    }
}
