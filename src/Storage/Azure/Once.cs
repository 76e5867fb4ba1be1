namespace Ptune.Storage.Azure;

/// <summary>Work to be done once a process: tried again by the next caller when it failed.</summary>
internal sealed class Once(Func<Task> work)
{
    private readonly Lock _lock = new();
    private Task? _done;

    public Task DoneAsync()
    {
        lock (_lock)
        {
            return _done is null or { IsFaulted: true } or { IsCanceled: true } ? _done = work() : _done;
        }
    }
}
