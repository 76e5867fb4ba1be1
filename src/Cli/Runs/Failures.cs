using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Cli.Runs;

/// <summary>Tells why a run failed: each job that failed by itself, and the command for its log.</summary>
internal static class Failures
{
    public static async Task PrintAsync(Session session, ServerClient client, Submitted final, CancellationToken cancellation)
    {
        session.Terminal.Problem($"{final.Name} failed{(final.Message is { Length: > 0 } why ? $": {why}" : ".")}", null);
        JobView[] failed = final.Job is { } job ? [job] : await FindAsync(client, final, cancellation);
        foreach (var one in failed)
        {
            if (final.Graph is not null) session.Terminal.Note($"  {one.Name}: {one.Message ?? "failed"}");
            session.Terminal.Note($"    ptune logs {one.JobId}");
        }
    }

    private static async Task<JobView[]> FindAsync(ServerClient client, Submitted final, CancellationToken cancellation)
    {
        var cells = final.Graph!.Cells.Where(c => c.Status == JobStatus.Failed);
        var views = await Task.WhenAll(cells.Select(c => client.GetAsync<JobView>(ServerClient.Fill(Routes.Job, c.JobId), cancellation)));
        // Those that failed only because an input did add nothing.
        var own = views.Where(v => v.Cause != FailureCause.Dependency).ToArray();
        return own.Length > 0 ? own : views;
    }
}
