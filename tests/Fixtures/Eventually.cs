namespace Ptune.Fixtures;

/// <summary>
/// Waits until something holds. The time limit is no expectation: it only bounds how long a test that has already failed
/// still waits, so it is long enough for the slowest machine.
/// </summary>
public static class Eventually
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Waits until the condition holds.</summary>
    /// <param name="what">What is waited for, for the message.</param>
    /// <param name="condition">An exception counts as "not yet"; the last one is told when the time is up.</param>
    /// <param name="limit">Default: 60 s.</param>
    /// <exception cref="TimeoutException">The time is up.</exception>
    public static Task IsTrueAsync(
        string what, Func<Task<bool>> condition, TimeSpan? limit = null, CancellationToken cancellation = default) =>
        ValueAsync(what, condition, holds => holds, limit, cancellation);

    /// <inheritdoc cref="IsTrueAsync(string, Func{Task{bool}}, TimeSpan?, CancellationToken)"/>
    public static Task IsTrueAsync(
        string what, Func<bool> condition, TimeSpan? limit = null, CancellationToken cancellation = default) =>
        ValueAsync(what, () => Task.FromResult(condition()), holds => holds, limit, cancellation);

    /// <summary>Waits until what is read satisfies the condition, and returns it; the last value read is in the message.</summary>
    /// <inheritdoc cref="IsTrueAsync(string, Func{Task{bool}}, TimeSpan?, CancellationToken)"/>
    public static async Task<T> ValueAsync<T>(
        string what, Func<Task<T>> read, Func<T, bool> satisfies, TimeSpan? limit = null, CancellationToken cancellation = default)
    {
        using var time = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        time.CancelAfter(limit ?? s_limit);
        using var ticks = new PeriodicTimer(s_pause);
        var last = "nothing was read";
        Exception? problem = null;
        do
        {
            try
            {
                // A read that never answers is bounded too.
                var value = await read().WaitAsync(time.Token).ConfigureAwait(false);
                if (satisfies(value))
                {
                    return value;
                }

                (last, problem) = ($"last read: {value}", null);
            }
            catch (Exception exception) when (!time.IsCancellationRequested)
            {
                (last, problem) = ($"last failure: {exception.Message}", exception);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        while (await NextAsync(ticks, time.Token).ConfigureAwait(false));

        cancellation.ThrowIfCancellationRequested();
        throw new TimeoutException($"Waited {limit ?? s_limit} in vain until {what}; {last}.", problem);
    }

    private static async Task<bool> NextAsync(PeriodicTimer ticks, CancellationToken cancellation)
    {
        try
        {
            return await ticks.WaitForNextTickAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
