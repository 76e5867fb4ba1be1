using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Grains.Identity;

namespace Ptune.Silo.Admission;

/// <summary>That a tenant may use the pool that a spec names, and the models that it starts from.</summary>
internal sealed class TenantCheck(TenantBook tenants)
{
    public IEnumerable<SpecProblem> Check(string tenant, Spec spec, IReadOnlyList<ResolvedInput> inputs, SpecPositions positions)
    {
        if (tenants.Known(tenant) is not { } settings) yield break;
        if (settings.Pools is { } pools && !pools.Contains(spec.Scheduling.Pool))
            yield return positions.Problem("scheduling.pool", $"Tenant {tenant} may not use the pool '{spec.Scheduling.Pool}'.", pools.Length == 0 ? "It may use none." : $"It may use {string.Join(", ", pools)}.");
        foreach (var input in inputs.Where(input => input.Input.Kind == ArtifactKind.Model && !InputRef.IsJob(input.Input.Reference)))
        {
            var written = input.Input.Reference;
            if (settings.Models is { } models && !models.Any(model => model == written || model == input.Reference || written.StartsWith($"{model}@", StringComparison.Ordinal)))
                yield return positions.Problem(input.Input.Path, $"Tenant {tenant} may not start from '{written}'.", $"It may start from {string.Join(", ", models)}.");
            else if (settings.Licences is { } licences && !licences.Contains(input.Licence ?? "", StringComparer.OrdinalIgnoreCase))
                yield return positions.Problem(
                    input.Input.Path, $"Tenant {tenant} may not start from '{written}', whose licence is {(input.Licence is null ? "not known" : $"'{input.Licence}'")}.", $"It may start from models under {string.Join(", ", licences)}.");
        }
    }
}
