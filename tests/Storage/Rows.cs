using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;

namespace Ptune.Storage.Tests;

/// <summary>Rows to store.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A tenant that no other test has.</summary>
    public static string NewTenant() => "t" + Guid.NewGuid().ToString("N");

    public static JobRow Job(
        string name, string tenant = "default", int minute = 0, JobStatus status = JobStatus.Queued, string pool = "default", string kind = "Scoring",
        long version = 1) => new(
        JobId(tenant, name), tenant, pool, kind, name, status, Priority: 100, Noon.AddMinutes(minute), Noon.AddMinutes(minute), version);

    public static ExpectedRow Expected(string name, string tenant = "default", string pool = "default", long version = 1, int minute = 0) =>
        new(JobId(tenant, name), pool, "Scoring", version, Noon.AddMinutes(minute));

    public static string JobId(string tenant, string name) => $"{tenant}.{Digest.Hex(Digest.Of(name))[..32]}";

    public static ArtifactRow Artifact(string tenant, string name, int minute = 0) => new(
        tenant, Digest.Of(name), ArtifactKind.Reward, JobId(tenant, name), OutputSpace: null, Bytes: 123, Noon.AddMinutes(minute));
}
