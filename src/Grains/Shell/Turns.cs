namespace Ptune.Grains.Shell;

/// <summary>One at a time, in the order of arrival.</summary>
internal sealed class Turns
{
    private Task _last = Task.CompletedTask;

    public async Task<T> TakeAsync<T>(Func<Task<T>> perform)
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var before = Interlocked.Exchange(ref _last, mine.Task);
        await before;
        try
        {
            return await perform();
        }
        finally
        {
            mine.SetResult();
        }
    }
}
