namespace Ptune.Learning.Tuning;

/// <summary>
/// Writes checkpoints beside the training: hashing, writing and telling of them take no time of its thread. They are written one after the other,
/// each replacing the one before; what goes wrong is thrown to the trainer when it next asks.
/// </summary>
internal sealed class CheckpointWriter(string folder, Action<string, long>? told) : IDisposable
{
    private Task _writing = Task.CompletedTask;
    private string? _last;

    /// <summary>The step of the last one that was written whole; null where none was. Nothing may be under way.</summary>
    public long? LastStep { get; private set; }

    /// <summary>Waits until nothing is under way.</summary>
    /// <exception cref="IOException">The last one could not be written.</exception>
    public void Settle() => _writing.GetAwaiter().GetResult();

    /// <summary>Begins to write one; nothing else may be under way.</summary>
    public void Begin(CheckpointImage image) => _writing = Task.Run(() => Write(image));

    /// <summary>Waits until nothing is under way.</summary>
    /// <returns>The last one; null where none was written.</returns>
    /// <exception cref="IOException">The last one could not be written.</exception>
    public string? Finish()
    {
        Settle();
        return _last;
    }

    /// <summary>Nothing is written any more after it; what went wrong is not thrown, since something else did before.</summary>
    public void Dispose() => _writing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();

    private void Write(CheckpointImage image)
    {
        string path = Path.Combine(folder, $"checkpoint-{image.Step}.safetensors");
        Checkpoint.Write(path, image);
        string? previous = _last;
        (_last, LastStep) = (path, image.Step);
        told?.Invoke(path, image.Step);
        if (previous is not null && previous != path) File.Delete(previous);
    }
}
