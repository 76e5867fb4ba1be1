using Ptune.Storage.Artifacts;

namespace Ptune.Storage.Tests.Artifacts;

/// <summary>What a log store does on every blob store.</summary>
public abstract class LogStoreContract(TestStorage storage) : IAsyncDisposable
{
    private readonly LogStore _logs = storage.Get<LogStore>();
    private readonly string _job = Rows.JobId(Rows.NewTenant(), "job");

    public async ValueTask DisposeAsync()
    {
        await storage.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task ReadAsync_PiecesOutOfOrder_AreInOrder()
    {
        foreach (var piece in new[] { 10, 0, 2, 1 }) Assert.True(await _logs.AppendAsync(_job, 1, piece, $"piece {piece} äöü\n"));
        await _logs.AppendAsync(_job, 2, 0, "another attempt\n");
        Assert.Equal([0, 1, 2, 10], await _logs.ReadAsync(_job, 1).Select(piece => piece.Piece).ToListAsync());
        Assert.Equal(["piece 2 äöü\n", "piece 10 äöü\n"], await _logs.ReadAsync(_job, 1, from: 2).Select(piece => piece.Text).ToListAsync());
    }

    [Fact]
    public async Task AppendAsync_PieceThatStands_IsLeft()
    {
        await _logs.AppendAsync(_job, 1, 0, "first");
        Assert.False(await _logs.AppendAsync(_job, 1, 0, "second"));
        Assert.Equal([new LogPiece(0, "first")], await _logs.ReadAsync(_job, 1).ToListAsync());
    }

    [Fact]
    public async Task AttemptsAsync_SeveralEpochs_AreInOrder()
    {
        Assert.Empty(await _logs.AttemptsAsync(_job));
        foreach (var epoch in new long[] { 12, 1, 3 })
        {
            await _logs.AppendAsync(_job, epoch, 0, "x");
            await _logs.AppendAsync(_job, epoch, 1, "y");
        }
        long[] expected = [1, 3, 12];
        Assert.Equal(expected, await _logs.AttemptsAsync(_job));
    }
}
