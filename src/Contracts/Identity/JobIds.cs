using System.Text.RegularExpressions;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Identity;

/// <summary>
/// A job's id is its tenant, a dot, and 32 hexadecimal digits of the digest of everything that decides its result: kind, recipe
/// version, recipe with its defaults filled in, seed, data digests, and for each input the artifact's digest or the id of the job that makes it.
/// </summary>
public static partial class JobIds
{
    public const string DefaultTenant = "default";

    /// <param name="tenant">Who asks; equal work of two tenants stays apart.</param>
    /// <param name="spec">The job; its inputs are digests or jobs, aliases are resolved before.</param>
    /// <param name="nonce">Not null to compute anew what may be in the store (<c>--fresh</c>).</param>
    /// <exception cref="ArgumentException">An input is still an alias.</exception>
    public static string Of(string tenant, JobSpec spec, string? nonce = null)
    {
        foreach (var input in spec.Inputs())
        {
            if (!InputRef.IsDigest(input.Reference) && !InputRef.IsJob(input.Reference))
                throw new ArgumentException($"Input {input.Path} is '{input.Reference}'; an id needs a digest or a job.", nameof(spec));
        }
        return Of(tenant, CanonicalJson.Of<Spec>(spec), spec.RecipeVersion(), nonce);
    }

    /// <summary>The id of a study: the digest of its whole spec. Extending a study makes another study that shares its jobs.</summary>
    public static string OfStudy(string tenant, IStudySpec spec, string? nonce = null) =>
        Of(tenant, CanonicalJson.Of((Spec)spec), version: 1, nonce);

    /// <summary>The id of a sweep: the digest of its whole spec, its job's inputs resolved. A sweep with more trials is another one that shares its jobs.</summary>
    public static string OfSweep(string tenant, SweepSpec spec, string? nonce = null) =>
        Of(tenant, CanonicalJson.Of<Spec>(spec), version: 1, nonce);

    public static string Tenant(string id) => id[..id.LastIndexOf('.')];

    /// <summary>The digits after the tenant's dot.</summary>
    public static string Digits(string id) => id[(id.LastIndexOf('.') + 1)..];

    /// <summary>The first 12 digits: what people read and may type.</summary>
    public static string Abbreviate(string id) => Digits(id)[..12];

    public static bool IsWellFormed(string id) => Form().IsMatch(id);

    public static bool IsTenant(string tenant) => TenantForm().IsMatch(tenant);

    private static string Of(string tenant, string canonical, int version, string? nonce)
    {
        if (!IsTenant(tenant)) throw new ArgumentException($"'{tenant}' is not a valid tenant: use lower-case letters, digits and '-'.", nameof(tenant));
        return $"{tenant}.{Digest.Hex(Digest.Of($"{version}\n{nonce}\n{canonical}"))[..32]}";
    }

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\.[0-9a-f]{32}\z")]
    private static partial Regex Form();

    [GeneratedRegex(@"^[a-z0-9][a-z0-9-]{0,62}\z")]
    private static partial Regex TenantForm();
}
