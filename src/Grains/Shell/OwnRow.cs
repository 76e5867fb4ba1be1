using Ptune.Contracts.Stores;

namespace Ptune.Grains.Shell;

/// <summary>A grain's row in the catalog: noted before the state that it is of is written, put afterwards.</summary>
internal sealed class OwnRow(ICatalog catalog, TimeProvider time)
{
    private ExpectedRow? _expected;

    /// <summary>This row, or a later one, is to come.</summary>
    public async Task ExpectAsync(JobRow row)
    {
        var expected = new ExpectedRow(row.JobId, row.Pool, row.Kind, row.Version, time.GetUtcNow());
        await catalog.ExpectAsync(expected);
        _expected = expected;
    }

    public async Task PutAsync(JobRow row)
    {
        await catalog.PutAsync(row);
        if (_expected is not { } expected || row.Version < expected.Version) return;
        _expected = null;
        // Nobody waits for it: a note that stays is struck off by the pool's sweep.
        _ = SettleAsync(expected);
    }

    private async Task SettleAsync(ExpectedRow expected)
    {
        try
        {
            await catalog.SettleAsync(expected);
        }
        catch (Exception)
        {
            // The sweep finds the row that the note speaks of.
        }
    }
}
