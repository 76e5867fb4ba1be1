using System.Net;
using System.Net.Http.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>A tenant that may start from certain models: names cannot be made to stand for others, and what a model was made from counts.</summary>
public sealed class AllowedModelTests(TenantServer server) : IClassFixture<TenantServer>
{
    private const string Allowed = "smol@v1";
    private static readonly ImportSpec _import = new() { From = new HubSource { Repository = "somebody/other" } };

    [Fact]
    public async Task Submit_PublishesUnderAnAllowedName_OnlyForAdmins()
    {
        await AllowAsync();
        foreach (var role in new[] { Role.Submitter, Role.Operator })
        {
            var problem = Assert.Single(await RefusedAsync(Import("smol@v2"), role));
            Assert.Equal(("publish", "'smol@v2' is one of the models that tenant red may start from: only admins set this name."), (problem.Path, problem.Message));
        }
        await AcceptedAsync(Import("smol@v2"), Role.Admin);
        await AcceptedAsync(Import("smoller@v1"), Role.Submitter);
        Assert.Contains(await RefusedAsync(Specs.Study(server.Data, "default").Replace("b@v1", Allowed, StringComparison.Ordinal), Role.Submitter, Routes.Studies), p => p.Path == $"models.{Allowed}");
    }

    [Fact]
    public async Task Put_AllowedName_IsMovedOnlyByAdmins()
    {
        var (_, other) = await AllowAsync();
        using var refused = await MoveAsync(Role.Operator);
        Assert.Contains("only admins", (string?)(await Problem.ReadAsync(refused, HttpStatusCode.Forbidden))["detail"], StringComparison.Ordinal);
        using var moved = await MoveAsync(Role.Admin);
        Assert.Equal(HttpStatusCode.OK, moved.StatusCode);

        Task<HttpResponseMessage> MoveAsync(Role role) =>
            server.As("red", role).PutAsJsonAsync(Routes.Name.Replace("{name}", Allowed, StringComparison.Ordinal), new NameRequest(other, Move: true), SpecJson.Options);
    }

    [Fact]
    public async Task Submit_WhatWasTrainedOnAModel_CountsAsThatModel()
    {
        var (allowed, other) = await AllowAsync();
        await server.NameAsync("mine@v1", await server.PutAsync("mine", Tuned(allowed), new() { ["base"] = allowed }));
        await AcceptedAsync(Tuning("mine@v1"));
        await server.NameAsync("mine@v2", await server.PutAsync("theirs", Tuned(other), new() { ["base"] = other }));
        Assert.Equal($"Tenant red may not start from 'mine@v2', which comes from {other}.", Assert.Single(await RefusedAsync(Tuning("mine@v2"))).Message);
    }

    [Fact]
    public async Task Submit_ModelThatAJobIsToImport_IsRefusedAndOneThatAJobPretrainsIsNot()
    {
        await AllowAsync();
        var import = await AcceptedAsync(Import("other@v1"));
        Assert.Contains("may not start from", Assert.Single(await RefusedAsync(Tuning(InputRef.ToJob(import.JobId)))).Message, StringComparison.Ordinal);
        var pretraining = await AcceptedAsync(Specs.Pretraining(server.Data, "default"));
        await AcceptedAsync(Tuning(InputRef.ToJob(pretraining.JobId)));
    }

    [Fact]
    public async Task Submit_StudyThatFetchesACheckpoint_IsRefused()
    {
        await AllowAsync();
        var problem = Assert.Single(await RefusedAsync(Study("'hf:somebody/other'"), Role.Submitter, Routes.Studies));
        Assert.Equal(("models.b@v2.from", "Import it first ('ptune models import'), and write 'artifact'."), (problem.Path, problem.Fix));
    }

    [Fact]
    public async Task Submit_StudyOfAFolderOfTheServer_IsRefused()
    {
        await SetAsync(new TenantSettings());
        var files = $", files: [ {{ path: config.json, sha256: {new string('3', 64)} }} ]";
        Assert.Contains("lies below none", Assert.Single(await RefusedAsync(Study("/etc/models" + files), Role.Submitter, Routes.Studies)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_LicenceThatOnlyTheImporterStated_IsNotKnown()
    {
        await SetAsync(new TenantSettings(Licences: ["mit"]));
        var stated = await server.PutAsync("stated", _import with { Licence = "mit" }, licence: "mit");
        Assert.EndsWith("whose licence is not known.", Assert.Single(await RefusedAsync(Tuning(stated))).Message, StringComparison.Ordinal);
        await AcceptedAsync(Tuning(await server.PutAsync("of the card", _import with { Licence = "other" }, licence: "MIT")));
    }

    [Fact]
    public async Task Submit_Sweep_GoesByItsOwnPool()
    {
        await SetAsync(new TenantSettings(Pools: ["gpu"]));
        Assert.Equal("scheduling.pool", Assert.Single(await RefusedAsync(Specs.Sweep(server.Data, "default"), Role.Submitter, Routes.Sweeps)).Path);
        using var answer = await PostAsync(Specs.Sweep(server.Data, "gpu"), Role.Submitter, Routes.Sweeps);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    /// <summary>Lets red start from smol, and imports another model.</summary>
    private async Task<(string Allowed, string Other)> AllowAsync()
    {
        var (allowed, other) = (await server.PutAsync("allowed", _import with { Name = "allowed" }), await server.PutAsync("other", _import));
        await server.NameAsync(Allowed, allowed);
        await SetAsync(new TenantSettings(Models: ["smol"]));
        return (allowed, other);
    }

    private async Task SetAsync(TenantSettings settings)
    {
        using var answer = await server.As("red", Role.Admin).PutAsJsonAsync(Routes.Tenant.Replace("{name}", "red", StringComparison.Ordinal), settings, SpecJson.Options);
        answer.EnsureSuccessStatusCode();
    }

    private FineTuningSpec Tuned(string model) => (FineTuningSpec)SpecReader.Read(Tuning(model)).Spec!;

    private string Tuning(string model) => Specs.FineTuning(server.Data, model);

    private static string Import(string name) => $$"""
        apiVersion: ptune/v1
        kind: Import
        from: { kind: hub, repository: somebody/other }
        publish: {{name}}
        """;

    private string Study(string from) => $$"""
        apiVersion: ptune/v1
        kind: TransferStudy
        name: fetched
        datasets:
          verses: { kind: text, name: Verses, location: 'https://example.org/verses', files: [ { path: verses.jsonl, sha256: {{new string('1', 64)}} } ] }
        models:
          b@v2: { from: {{from}} }
        sources: [b@v2]
        tuning: { data: verses }
        methods: [bare]
        tasks: [ { kind: bitsPerByte, data: verses } ]
        """;

    private Task<HttpResponseMessage> PostAsync(string spec, Role role, string route) => new TenantClient(server.As("red", role)).PostAsync(route, spec);

    private async Task<SpecProblem[]> RefusedAsync(string spec, Role role = Role.Submitter, string route = Routes.Jobs)
    {
        using var answer = await PostAsync(spec, role, route);
        return await Problem.SpecErrorsAsync(answer);
    }

    private async Task<JobView> AcceptedAsync(string spec, Role role = Role.Submitter)
    {
        using var answer = await PostAsync(spec, role, Routes.Jobs);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JobView>(SpecJson.Options))!;
    }
}
