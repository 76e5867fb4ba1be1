using Ptune.Chaos.Tests.Rig;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;

namespace Ptune.Chaos.Tests.Upgrades;

/// <summary>Jobs in several statuses that the old build has written, and that nobody touches while it is replaced.</summary>
internal sealed class OldStates
{
    private readonly List<JobView> _before = [];

    public int Count => _before.Count;

    public static async Task<OldStates> WriteAsync(RetryingClient client)
    {
        var states = new OldStates();
        var done = await client.SubmitAsync(NoOp("done", "default"));
        states._before.Add(await client.EndOfAsync(done.JobId, TimeSpan.FromMinutes(2)));
        var queued = await client.SubmitAsync(NoOp("queued", "nobody"));
        states._before.Add(await client.JobAsync(queued.JobId));
        await states.TellAsync(client, NoOp("cancelled", "nobody"), Routes.JobCancel);
        await states.TellAsync(client, NoOp("suspended", "nobody"), Routes.JobSuspend);
        return states;
    }

    /// <summary>How many are shown as they were, and are taken further: what waits is cancelled, what has ended answers a submit.</summary>
    public async Task<int> GoodAsync(RetryingClient client, List<string> story)
    {
        var good = 0;
        foreach (var before in _before)
        {
            var now = await client.JobAsync(before.JobId);
            var further = now.Status.IsFinal ? await client.SubmitAsync(NoOp(now.Name, now.Pool)) : await client.TellAsync(Routes.JobCancel, now.JobId);
            var expected = now.Status == JobStatus.Succeeded ? JobStatus.Succeeded : now.Status.IsFinal ? JobStatus.Queued : JobStatus.Cancelled;
            var same = (now.Status, now.Epoch, now.Created, now.Result?.Artifact) == (before.Status, before.Epoch, before.Created, before.Result?.Artifact);
            if (same && further.Status == expected && further.JobId == before.JobId) good++;
            else story.Add($"{before.Name} was {before.Status}, epoch {before.Epoch}; it is {now.Status}, epoch {now.Epoch}, then {further.Status}");
        }
        return good;
    }

    private async Task TellAsync(RetryingClient client, string yaml, string command)
    {
        var job = await client.SubmitAsync(yaml);
        try
        {
            _before.Add(await client.TellAsync(command, job.JobId));
        }
        catch (InvalidOperationException)
        {
            // The old build does not know that command yet: the job stays as it is.
            _before.Add(await client.JobAsync(job.JobId));
        }
    }

    private static string NoOp(string name, string pool) => $$"""
        apiVersion: ptune/v1
        kind: NoOp
        name: {{name}}
        seed: {{name.Sum(c => c)}}
        scheduling: { pool: {{pool}} }
        """;
}
