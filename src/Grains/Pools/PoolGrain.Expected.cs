using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Pools;

/// <summary>
/// Finds states without a row: a silo that dies between a first state and its row leaves only the note that was made before both. A visit has the grain
/// finish what it owes.
/// </summary>
internal sealed partial class PoolGrain
{
    // They matter only when a silo has died.
    private static readonly TimeSpan _expectedPause = TimeSpan.FromSeconds(15);

    // In one sweep. Most notes belong to submits under way, and are gone before a sweep sees them.
    private const int MostExpected = 1000;

    // A note whose state was never written is kept for so long: a silo that slept may write it yet.
    private static readonly TimeSpan _expectedKept = TimeSpan.FromMinutes(10);

    private long? _expectedLooked;

    private async Task LookForExpectedAsync(CancellationToken cancellation)
    {
        if (_expectedLooked is { } looked && _time.GetElapsedTime(looked) < _expectedPause) return;
        try
        {
            // A note from the future is of a clock that has been set back since: as old as any.
            var expected = await _catalog.ListExpectedAsync(Name, DateTimeOffset.MaxValue, cancellation)
                .Where(note => (Now - note.At).Duration() >= _options.SweepInterval).Take(MostExpected).ToListAsync(cancellation);
            _expectedLooked = expected.Count < MostExpected ? _time.GetTimestamp() : null;
            await Bounded.ForEachAsync(expected, _options.SweepParallelism, note => TryAsync(note.JobId, () => LookForAsync(note)));
        }
        catch (Exception problem)
        {
            LogSweepFailed(Name, problem.Message, problem);
        }
    }

    private async Task LookForAsync(ExpectedRow note)
    {
        var row = await _catalog.FindAsync(note.JobId);
        if (row is null || row.Version < note.Version)
        {
            await VisitAsync(note.JobId, note.Kind, written: 0);
            row = await _catalog.FindAsync(note.JobId);
        }
        if (row?.Version >= note.Version || note.At <= Now - _expectedKept) await _catalog.SettleAsync(note);
    }
}
