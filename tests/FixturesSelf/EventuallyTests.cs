namespace Ptune.Fixtures.Tests;

public sealed class EventuallyTests
{
    [Fact]
    public async Task ValueAsync_ConditionHoldsLater_ReturnsThatValue()
    {
        var reads = 0;

        var value = await Eventually.ValueAsync("three", () => Task.FromResult(++reads), read => read == 3);

        Assert.Equal(3, value);
    }

    [Fact]
    public async Task ValueAsync_NeverHolds_TellsWhatWasReadLast()
    {
        var error = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.ValueAsync(
            "it is four", () => Task.FromResult(3), read => read == 4, TimeSpan.FromMilliseconds(50)));

        Assert.Contains("it is four", error.Message, StringComparison.Ordinal);
        Assert.Contains("last read: 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task IsTrueAsync_ConditionThrows_CarriesTheFailure()
    {
        var error = await Assert.ThrowsAsync<TimeoutException>(() => Eventually.IsTrueAsync(
            "it works", bool () => throw new InvalidOperationException("broken"), TimeSpan.FromMilliseconds(50)));

        Assert.Equal("broken", error.InnerException?.Message);
    }

    [Fact]
    public async Task IsTrueAsync_ConditionNeverAnswers_EndsAllTheSame() =>
        await Assert.ThrowsAsync<TimeoutException>(() => Eventually.IsTrueAsync(
            "it answers", () => new TaskCompletionSource<bool>().Task, TimeSpan.FromMilliseconds(50)));

    [Fact]
    public async Task IsTrueAsync_Cancelled_IsCancelledAndNotLate()
    {
        using var cancellation = new CancellationTokenSource();

        var waiting = Eventually.IsTrueAsync("it holds", () => false, cancellation: cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }
}
