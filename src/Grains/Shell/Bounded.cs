namespace Ptune.Grains.Shell;

/// <summary>Many calls at once, but not too many. Unlike <see cref="Parallel"/> it stays on the grain's own scheduler.</summary>
internal static class Bounded
{
    public static async Task ForEachAsync<T>(IEnumerable<T> items, int atOnce, Func<T, Task> perform)
    {
        using var slots = new SemaphoreSlim(atOnce, atOnce);
        var running = new List<Task>();
        foreach (var item in items)
        {
            await slots.WaitAsync();
            running.Add(InSlotAsync(item));
        }
        await Task.WhenAll(running);

        async Task InSlotAsync(T item)
        {
            try
            {
                await perform(item);
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
