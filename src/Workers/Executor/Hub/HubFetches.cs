using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Jobs;
using Ptune.Protocol;

namespace Ptune.Executor.Hub;

/// <summary>Fetches repositories for the learning library, which knows no network.</summary>
internal static class HubFetches
{
    public static HubFetch Fetch(RunRequest request, HubSource source, string folder, Action<JobProgress> tell, CancellationToken cancellation)
    {
        var client = new HubClient(HubEnvironment.Of(request));
        var progress = new Told(tell);
        var snapshot = client.FetchAsync(HubReference.Of(source.Repository, source.Revision), folder, progress, cancellation).GetAwaiter().GetResult();
        return new HubFetch(snapshot.Commit, snapshot.Notes);
    }

    // In the order in which it happens, on the thread that fetches.
    private sealed class Told(Action<JobProgress> tell) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => tell(new JobProgress(value.Done, value.Total ?? value.Done, null, 0));
    }
}
