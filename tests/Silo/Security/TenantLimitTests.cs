using System.Net.Http.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>What an admin allows a tenant: the pools, and the models that its jobs start from.</summary>
public sealed class TenantLimitTests(TenantServer server) : IClassFixture<TenantServer>
{
    private const string Base = "vit@v1";

    [Fact]
    public async Task Submit_PoolThatTheTenantMayNotUse_IsRefused()
    {
        await SetAsync(new TenantSettings(Pools: ["gpu"]));
        var problem = Assert.Single(await UntilAsync(Specs.NoOp("limited"), "may not use"));
        Assert.Equal(("scheduling.pool", "Tenant red may not use the pool 'default'.", "It may use gpu."), (problem.Path, problem.Message, problem.Fix));
    }

    [Fact]
    public async Task Submit_ModelThatTheTenantMayNotStartFrom_IsRefused()
    {
        await SetAsync(new TenantSettings(Models: ["smol"]));
        var problem = (await UntilAsync(Specs.FineTuning(server.Data, Base), "may not start from")).First(p => p.Path == "base");
        Assert.Equal("Tenant red may not start from 'vit@v1'.", problem.Message);

        await SetAsync(new TenantSettings(Models: ["vit"], Licences: ["mit"]));
        Assert.Contains("whose licence is not known", (await UntilAsync(Specs.FineTuning(server.Data, Base), "licence"))[0].Message, StringComparison.Ordinal);
    }

    private async Task SetAsync(TenantSettings settings)
    {
        using var answer = await server.As("red", Role.Admin).PutAsJsonAsync(Routes.Tenant.Replace("{name}", "red", StringComparison.Ordinal), settings, SpecJson.Options);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>A change holds within seconds.</summary>
    private Task<SpecProblem[]> UntilAsync(string spec, string words) => Eventually.ValueAsync(
        $"a submit is refused with '{words}'",
        async () =>
        {
            using var answer = await new TenantClient(server.As("red", Role.Submitter)).PostAsync(Routes.Jobs, spec);
            return answer.IsSuccessStatusCode ? [] : await Problem.SpecErrorsAsync(answer);
        },
        problems => problems.Any(p => p.Message.Contains(words, StringComparison.Ordinal)));
}
