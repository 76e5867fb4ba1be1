using Ptune.Contracts.Workers;

namespace Ptune.Supervisor.Slots;

/// <summary>
/// Two workers under one id would share a row: an order would reach one of them, and a count would be of one. A second one does not begin while the first one lives; after a
/// crash it begins as soon as the first one is forgotten.
/// </summary>
internal sealed partial class WorkerService
{
    private async Task JoinAsync(CancellationToken cancellation)
    {
        DateTimeOffset? seen = null;
        while (await ReportAsync() == WorkerOrder.Refused)
        {
            var other = await FindOtherAsync();
            if (other is not null && seen is null) LogWaits(worker.Id, other.Report.ProcessId, other.Report.Host);
            if (other?.Seen > seen)
                throw new IOException($"process {other.Report.ProcessId} on {other.Report.Host} works under the id '{worker.Id}'. Give each worker an id of its own (PTUNE_Worker__Id), or none.");
            seen ??= other?.Seen;
            await Task.Delay(Options.PollInterval, services.Time, cancellation);
        }
    }

    private async Task<WorkerView?> FindOtherAsync()
    {
        try
        {
            return await services.Calls.OnceAsync(() => services.Grains.GetGrain<IWorkerGrain>(worker.Id).Get(), _closing.Token);
        }
        catch (Exception e)
        {
            LogNotReported(worker.Id, e.Message);
            return null;
        }
    }
}
