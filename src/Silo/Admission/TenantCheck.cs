using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Grains.Identity;

namespace Ptune.Silo.Admission;

/// <summary>That a tenant may use the pool that a spec names, start from the models that it starts from, and set the names that it sets.</summary>
internal sealed class TenantCheck(TenantBook tenants, IGrainFactory grains, ModelOrigins origins)
{
    /// <summary>The pool. A sweep's own counts, not its job's.</summary>
    public SpecProblem? Pool(Caller caller, Spec spec, SpecPositions positions) =>
        tenants.Known(caller.Tenant)?.Pools is { } pools && !pools.Contains(spec.Scheduling.Pool)
            ? positions.Problem("scheduling.pool", $"Tenant {caller.Tenant} may not use the pool '{spec.Scheduling.Pool}'.", pools.Length == 0 ? "It may use none." : $"It may use {string.Join(", ", pools)}.")
            : null;

    /// <summary>The names that are published, and the models from outside that are fetched or started from.</summary>
    public async Task<IReadOnlyList<SpecProblem>> ModelsAsync(Caller caller, Spec spec, IReadOnlyList<ResolvedInput> inputs, SpecPositions positions, CancellationToken cancellation)
    {
        if (tenants.Known(caller.Tenant) is not { } settings || settings is { Models: null, Licences: null }) return [];
        var problems = new List<SpecProblem>();
        foreach (var (path, name) in caller.Is(Role.Admin) ? [] : NamesOf(spec).Where(set => AllowedModels.Name(settings.Models, set.Name)))
            problems.Add(positions.Problem(path, OnlyAdmins(caller.Tenant, name), "Take another name, or ask an admin."));
        foreach (var model in FetchedBy(spec))
            problems.Add(positions.Problem($"models.{model}.from", $"Tenant {caller.Tenant} may start from certain models only, and what is fetched here is not known yet.", "Import it first ('ptune models import'), and write 'artifact'."));
        var allowed = settings.Models is { } models ? new AllowedModels(grains, caller.Tenant, models) : null;
        foreach (var input in inputs.Where(input => input.Input.Kind == ArtifactKind.Model))
        {
            if (await ProblemAsync(caller.Tenant, input, settings, allowed, cancellation) is { } problem)
                problems.Add(positions.Problem(input.Input.Path, problem.Message, problem.Fix));
        }
        return problems;
    }

    /// <summary>Why somebody who is no admin may not set a name; null: it may.</summary>
    public string? NameProblem(Caller caller, string name) =>
        !caller.Is(Role.Admin) && AllowedModels.Name(tenants.Known(caller.Tenant)?.Models, name) ? OnlyAdmins(caller.Tenant, name) : null;

    private async Task<(string Message, string Fix)?> ProblemAsync(string tenant, ResolvedInput input, TenantSettings settings, AllowedModels? allowed, CancellationToken cancellation)
    {
        var written = input.Input.Reference;
        var isListed = allowed is null || AllowedModels.Name(settings.Models, written);
        if (!isListed && await origins.FindAsync(input.Reference, allowed!.ContainsAsync, cancellation) is [var other, ..])
            return ($"Tenant {tenant} may not start from '{written}'{Through(other)}.", $"It may start from {string.Join(", ", settings.Models!)}, and from what was trained on these.");
        if (settings.Licences is not { } licences) return null;
        return (await origins.FindAsync(input.Reference, _ => Task.FromResult(false), cancellation)).FirstOrDefault(origin => !licences.Contains(origin.Licence ?? "", StringComparer.OrdinalIgnoreCase)) is { } wrong
            ? ($"Tenant {tenant} may not start from '{written}'{Through(wrong)}, whose licence is {(wrong.Licence is null ? "not known" : $"'{wrong.Licence}'")}.", $"It may start from models whose card names {string.Join(", ", licences)}.")
            : null;

        string Through(ModelOrigin origin) => origin.Reference == input.Reference ? "" : $", which comes from {origin.Reference}";
    }

    private static string OnlyAdmins(string tenant, string name) => $"'{name}' is one of the models that tenant {tenant} may start from: only admins set this name.";

    /// <summary>A study publishes every model that it makes or fetches.</summary>
    private static IEnumerable<(string Path, string Name)> NamesOf(Spec spec) => spec switch
    {
        JobSpec { Publish: { } name } => [("publish", name)],
        TransferStudySpec study => study.Models.Where(model => model.Value.Artifact is null).Select(model => ($"models.{model.Key}", model.Key)),
        LanguageStudySpec study => study.Models.Where(model => model.Value.Artifact is null).Select(model => ($"models.{model.Key}", model.Key)),
        _ => [],
    };

    private static IEnumerable<string> FetchedBy(Spec spec) => spec is LanguageStudySpec study ? study.Models.Where(model => model.Value.Source() is not null).Select(model => model.Key) : [];
}
