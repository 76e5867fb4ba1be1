namespace Ptune.Learning.Tensors;

/// <summary>
/// Work in parts, which the calling thread takes one after another, and threads of the pool with it as far as they have time. Nobody waits for a thread that
/// has not begun: on a machine whose cores are busy the caller does all of it.
/// </summary>
internal abstract class SharedWork : IThreadPoolWorkItem
{
    private int _parts, _taken, _done;

    /// <summary>Returns when all parts are done.</summary>
    /// <param name="parts">At least 1; they may be done in any order and at the same time.</param>
    /// <param name="threads">At most so many work, the caller included.</param>
    public void Run(int parts, int threads)
    {
        _parts = parts;
        for (int helper = 1; helper < Math.Min(parts, threads); helper++) ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        TakeParts();
        var spin = new SpinWait();
        // A part takes microseconds, so sleeping would take longer than what is left.
        while (Volatile.Read(ref _done) < parts) spin.SpinOnce(sleep1Threshold: -1);
    }

    /// <summary>One part, counted from 0. It must not throw.</summary>
    protected abstract void Do(int part);

    // A thread that comes late finds no part left, and reads nothing.
    void IThreadPoolWorkItem.Execute() => TakeParts();

    private void TakeParts()
    {
        for (int part = Interlocked.Increment(ref _taken) - 1; part < _parts; part = Interlocked.Increment(ref _taken) - 1)
        {
            Do(part);
            Interlocked.Increment(ref _done);
        }
    }
}
