using Ptune.Contracts.Jobs;
using Ptune.Supervisor;

namespace Ptune.Workers.Tests.Hub;

public sealed class HubOfflineTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_OfAWorker_IsToldWhetherTheHubMayBeAsked(bool offline)
    {
        await using var worker = await TestWorker.StartAsync(hub: new HubOptions { Offline = offline });

        var completion = await worker.Put("hub").EndAsync<AttemptCompletion>();

        Assert.Equal($"offline: {offline}", await worker.MadeAsync(completion));
    }
}
