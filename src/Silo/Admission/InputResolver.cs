using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Contracts.Stores;
using Ptune.Silo.Artifacts;

namespace Ptune.Silo.Admission;

/// <summary>Finds what an input names, and whether it is of the kind that is needed there.</summary>
internal sealed class InputResolver(IGrainFactory grains, ICatalog catalog, Manifests manifests)
{
    public KnownAliases AliasesOf(string tenant) => new(catalog, tenant);

    public async Task<(ResolvedInput? Input, SpecProblem? Problem)> ResolveAsync(
        string tenant, JobInput input, KnownAliases aliases, SpecPositions positions, CancellationToken cancellation)
    {
        if (InputRef.IsJob(input.Reference)) return await JobAsync(tenant, input, positions);
        var digest = input.Reference;
        if (InputRef.IsAlias(input.Reference))
        {
            var (key, version) = RegistryKeys.Of(tenant, input.Reference);
            if (await grains.GetGrain<IRegistryGrain>(key).Resolve(version) is not { } found) return (null, await UnknownAliasAsync(aliases, input, positions, cancellation));
            digest = found;
        }
        return await ArtifactAsync(tenant, input, digest, positions, cancellation);
    }

    private async Task<(ResolvedInput? Input, SpecProblem? Problem)> ArtifactAsync(
        string tenant, JobInput input, string digest, SpecPositions positions, CancellationToken cancellation)
    {
        if (await catalog.FindUsableAsync(tenant, digest, cancellation) is not { } row)
            return (null, positions.Problem(input.Path, $"No artifact has the digest {digest}.", "'ptune artifacts' lists what there is."));
        if (WrongKind(input, row.Kind, positions) is { } problem) return (null, problem);
        var manifest = await manifests.ReadAsync(digest, cancellation);
        var space = (manifest?.OutputSpace ?? row.OutputSpace) is { } fingerprint ? new KnownSpace(fingerprint, manifest?.Labels) : null;
        return (new ResolvedInput(input, digest, space, manifest?.Attributes.GetValueOrDefault(AttributeNames.Family), manifest?.Context()), null);
    }

    private async Task<(ResolvedInput? Input, SpecProblem? Problem)> JobAsync(string tenant, JobInput input, SpecPositions positions)
    {
        var id = InputRef.JobId(input.Reference);
        var view = JobIds.Tenant(id) == tenant ? await grains.GetGrain<IJobGrain>(id).Get() : null;
        if (view is null) return (null, positions.Problem(input.Path, $"There is no job {id}.", "Submit it first; 'ptune list' shows the ids."));
        if (WrongKind(input, view.Spec.Produces(), positions) is { } problem) return (null, problem);
        var space = view.Spec.Examples() is { } data ? KnownSpace.Of(data.Dataset) : null;
        return (new ResolvedInput(input, input.Reference, space, Context: view.Spec is PretrainingSpec { Architecture: DecoderSpec decoder } ? decoder.Context : null), null);
    }

    private async Task<SpecProblem> UnknownAliasAsync(KnownAliases aliases, JobInput input, SpecPositions positions, CancellationToken cancellation)
    {
        var known = await aliases.ReadAsync(cancellation);
        var fix = Nearest.Of(input.Reference, known) is { } near ? $"Did you mean '{near}'?"
            : known.Count == 0 ? "Nothing is published yet: a study pretrains its models, and publishes them."
            : $"Known: {string.Join(", ", known.Order(StringComparer.Ordinal).Take(10))}.";
        return positions.Problem(input.Path, $"Nothing is published as '{input.Reference}'.", fix);
    }

    private static SpecProblem? WrongKind(JobInput input, ArtifactKind kind, SpecPositions positions) => kind == input.Kind ? null
        : positions.Problem(input.Path, $"'{input.Reference}' is a {Word(kind)}; here a {Word(input.Kind)} is read.", $"Name a {Word(input.Kind)}.");

    private static string Word(ArtifactKind kind) => kind switch
    {
        ArtifactKind.Scores => "set of scores",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
