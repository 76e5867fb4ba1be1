using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>Every route, by every role, on the tenant's own things and on another tenant's.</summary>
public sealed partial class RouteTableTests(TenantServer server) : IClassFixture<TenantServer>
{
    public static TheoryData<RouteRow> Guarded => [.. RouteTable.Rows.Where(row => row.Least is not null)];

    public static TheoryData<RouteRow> OfTenants => [.. RouteTable.Rows.Where(row => row.Unknown is not null)];

    [Fact]
    public void Table_HasEveryRouteOfTheServer()
    {
        var endpoints = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ToArray();
        var dashboard = endpoints.Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("dashboard", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(dashboard);
        Assert.All(dashboard, e => Assert.Contains(nameof(Role.Admin), e.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy)));
        // The console's pages have a test of their own; here, that each asks for a role. What a browser needs to show any page, also one that asks for a login, is open.
        var console = endpoints.Except(dashboard).Where(e => !IsOfTable(e)).ToArray();
        Assert.NotEmpty(console);
        Assert.All(console.Where(e => e.RoutePattern.RawText is not ("/console/{digest}/{name}" or "/login" or "/login/{issuer}" or "/logout")), e => Assert.Contains(e.Metadata.GetOrderedMetadata<IAuthorizeData>(), data => Enum.TryParse<Role>(data.Policy, out _)));
        var served = endpoints.Except(dashboard).Except(console)
            .SelectMany(e => (e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["*"]).Select(method => $"{method} {e.RoutePattern.RawText}"));
        Assert.Equal(RouteTable.Rows.Select(row => row.Route).Order(StringComparer.Ordinal), served.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Guarded))]
    public async Task Route_ByEachRole_IsAllowedOrRefused(RouteRow row)
    {
        using (var nobody = server.Client()) Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(nobody, row)).StatusCode);
        foreach (var role in Enum.GetValues<Role>())
        {
            if (row.Method == HttpMethod.Delete) await server.RenewAsync();
            using var response = await SendAsync(server.As("red", role), row);
            var status = (int)response.StatusCode;
            if (role < row.Least) Assert.True(status == 403, $"{row} by {role}: {status}");
            else Assert.True((row.Own ?? [200]).Contains(status), $"{row} by {role}: {status} {await BodyAsync(response)}");
        }
    }

    [Theory]
    [MemberData(nameof(OfTenants))]
    public async Task Thing_OfAnotherTenant_IsAsIfItDidNotExist(RouteRow row)
    {
        foreach (var role in Enum.GetValues<Role>().Where(role => role >= row.Least && role != Role.Admin))
        {
            if (row.Method == HttpMethod.Delete) await server.RenewAsync();
            using var others = await SendAsync(server.As("blue", role), row);
            using var unknown = await SendAsync(server.As("blue", role), row, row.Unknown);
            Assert.Equal(unknown.StatusCode, others.StatusCode);
            if (!row.Route.Contains("uploads", StringComparison.Ordinal)) Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
            Assert.Equal(Neutral(await BodyAsync(unknown)), Neutral(await BodyAsync(others)));
        }
    }

    [Theory]
    [InlineData(Routes.Jobs)]
    [InlineData(Routes.Studies)]
    [InlineData(Routes.Sweeps)]
    [InlineData(Routes.Waits)]
    [InlineData(Routes.Models)]
    [InlineData(Routes.Artifacts)]
    [InlineData(Routes.Pools)]
    [InlineData(Routes.Workers)]
    [InlineData(Routes.Tenants)]
    [InlineData("/metrics")]
    public async Task Listing_OfATenant_HasNothingOfAnother(string route)
    {
        var text = await server.As("blue", Role.Operator).GetStringAsync(route);
        foreach (var secret in new[] { "\"red\"", server.Job, server.Study, server.Sweep, server.Artifact, "secret-name", TenantServer.Name }) Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submitter_HandlesItsOwnJobsOnly()
    {
        using var other = server.Client((await server.KeyAsync(Role.Submitter, "red", name: "somebody-else")).Key);
        var mine = (await new TenantClient(other).PostAsync<JobView>(Routes.Jobs, Specs.NoOp("mine", seed: 77))).JobId;
        await Problem.ReadAsync(await server.As("red", Role.Submitter).PostAsync($"/v1/jobs/{mine}/suspend", null), HttpStatusCode.Forbidden);
        await Problem.ReadAsync(await server.As("red", Role.Submitter).PostAsync($"/v1/jobs/{mine}/cancel", null), HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.OK, (await other.PostAsync($"/v1/jobs/{mine}/suspend", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.As("red", Role.Operator).PostAsync($"/v1/jobs/{mine}/resume", null)).StatusCode);

        // Who joins it may withdraw its own request, and the job goes on for the other.
        await new TenantClient(server.As("red", Role.Submitter)).PostAsync<JobView>(Routes.Jobs, Specs.NoOp("mine", seed: 77));
        var left = await new TenantClient(server.As("red", Role.Submitter)).PostAsync<JobView>($"/v1/jobs/{mine}/cancel");
        Assert.False(left.Status.IsFinal);
        Assert.Equal(["caller:somebody-else"], left.Askers);
        Assert.True((await new TenantClient(other).PostAsync<JobView>($"/v1/jobs/{mine}/cancel")).Status.IsFinal);
        await Problem.ReadAsync(await new TenantClient(other).PostAsync("/v1/jobs?move=true", Specs.NoOp("mine")), HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Submit_FolderOutsideTheRoots_IsRefusedBeforeItIsLookedAt()
    {
        var client = new TenantClient(server.As("red", Role.Submitter));
        foreach (var location in new[] { "/etc", server.Data.Folder + "/../store", "/nowhere-at-all" })
        {
            var spec = Specs.Pretraining(server.Data, "default").Replace(server.Data.Folder, location, StringComparison.Ordinal);
            var problem = Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, spec)));
            Assert.Equal("data.dataset.location", problem.Path);
            Assert.Contains("below", problem.Message, StringComparison.Ordinal);
        }
        var link = Path.Combine(server.Data.Folder, $"link-{Guid.NewGuid():n}");
        using var outside = new Ptune.Fixtures.TemporaryFolder("outside");
        Directory.CreateSymbolicLink(link, outside.Location);
        var linked = Specs.Pretraining(server.Data, "default").Replace(server.Data.Folder, link, StringComparison.Ordinal);
        Assert.Single(await Problem.SpecErrorsAsync(await client.PostAsync(Routes.Jobs, linked)));
        Assert.Equal(HttpStatusCode.Accepted, (await client.PostAsync(Routes.Jobs, Specs.Pretraining(server.Data, "default"))).StatusCode);
    }

    [Fact]
    public async Task Upload_OfAnotherTenant_CountsOnlyOnceItsBytesWereSent()
    {
        using var green = await server.ClientAsync(Role.Submitter, "green");
        var path = $"/v1/uploads/{TenantServer.Upload}";
        Assert.Contains("\"isComplete\":false", await green.GetStringAsync(path), StringComparison.Ordinal);
        using (var wrong = TenantServer.File("RED'S file")) Assert.Equal(HttpStatusCode.UnprocessableEntity, (await green.PutAsync(path, wrong)).StatusCode);
        Assert.Contains("\"isComplete\":false", await green.GetStringAsync(path), StringComparison.Ordinal);
        using (var right = TenantServer.File("red's file")) Assert.Equal(HttpStatusCode.OK, (await green.PutAsync(path, right)).StatusCode);
        Assert.Contains("\"isComplete\":true", await green.GetStringAsync(path), StringComparison.Ordinal);
    }

    private static bool IsOfTable(RouteEndpoint endpoint) =>
        new[] { "v1/", "openapi/", "health", "metrics" }.Any(start => endpoint.RoutePattern.RawText!.TrimStart('/').StartsWith(start, StringComparison.Ordinal));

    private async Task<HttpResponseMessage> SendAsync(HttpClient client, RouteRow row, string? path = null)
    {
        using var request = new HttpRequestMessage(row.Method, path ?? row.Path?.Invoke(server) ?? row.Pattern);
        if (row.Body is not null) request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(row.Body)) { Headers = { ContentType = new(row.Type) } };
        // Some answers are streams without an end.
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<string> BodyAsync(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync();

    /// <summary>Without the id that was asked for, and the request's own.</summary>
    private static string Neutral(string body) => Changing().Replace(body, "X");

    [GeneratedRegex("sha256:[0-9a-f]{64}|[0-9a-f]{64}|[0-9a-f]{32}|vit@v1|none@v9|/keys/[a-z0-9]{8}|key '[a-z0-9]{8}'|tenant '(red|none)'|/tenants/(red|none)|\"traceId\":\"[^\"]*\"")]
    private static partial Regex Changing();
}
