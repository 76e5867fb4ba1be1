using Ptune.Cli.Servers;
using Ptune.Contracts.Carrying;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Studies;

namespace Ptune.Cli.Carrying;

/// <summary>The finished studies in the store that carried something to a target and retrained it, too.</summary>
internal static class StudyEvidence
{
    /// <summary>The newest ones; older ones were made by recipes and models that matter less.</summary>
    private const string MostStudies = "100";

    /// <param name="kind">Patch or reward.</param>
    /// <param name="metric">The figure that gains are of.</param>
    public static async Task<IReadOnlyList<PortedAndRetrained>> ReadAsync(ServerClient client, ArtifactKind kind, string metric, CancellationToken cancellation)
    {
        var found = new List<PortedAndRetrained>();
        foreach (var row in await client.GetAsync<JobRow[]>(ServerClient.Query(Routes.Studies, ("status", "succeeded"), ("limit", MostStudies)), cancellation))
            if (await client.FindAsync<StudyView>(ServerClient.Fill(Routes.Study, row.JobId), cancellation) is { } study) found.AddRange(PortedAndRetrained.In(study, kind, metric));
        return [.. found.Distinct()];
    }
}
