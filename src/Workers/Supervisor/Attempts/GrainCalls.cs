using Microsoft.Extensions.Logging;

namespace Ptune.Supervisor.Attempts;

/// <summary>
/// Calls of grains that may be made twice. A silo that dies never answers: a call is given up after a while and made again, which another
/// silo then answers.
/// </summary>
internal sealed partial class GrainCalls(TimeProvider time, ILogger<GrainCalls> logger)
{
    /// <summary>How long one call may take; above the client's response timeout, which tells more.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    /// <summary>One call, bounded.</summary>
    public Task<T> OnceAsync<T>(Func<Task<T>> call, CancellationToken cancellation) => call().WaitAsync(Limit, time, cancellation);

    /// <summary>Makes the call until it is answered.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before an answer.</exception>
    public async Task<T> UntilAnsweredAsync<T>(string what, Func<Task<T>> call, CancellationToken cancellation)
    {
        for (var pause = s_firstPause; ; pause = Min(pause * 2, s_longestPause))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await OnceAsync(call, cancellation);
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && e is not ArgumentException)
            {
                LogRetry(what, e.Message);
            }
            await Task.Delay(pause, time, cancellation);
        }
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    [LoggerMessage(LogLevel.Warning, "{What}: no answer ({Reason}); retrying")]
    private partial void LogRetry(string what, string reason);
}
