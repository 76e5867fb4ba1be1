namespace Ptune.Executor.Hub;

/// <summary>Counts the bytes that are here, and tells of them every few megabytes and at each file's end.</summary>
internal sealed class HubMeter(IProgress<HubProgress>? progress)
{
    private const long Step = 4 << 20;

    private long _before;
    private long _told;

    /// <summary>Bytes of all files; null while that is not known.</summary>
    public long? Total { get; set; }

    /// <summary>So many bytes of a file are here.</summary>
    public void At(string file, long bytes)
    {
        // Less than before: a file began anew.
        if (Math.Abs(_before + bytes - _told) >= Step) Tell(file, bytes);
    }

    /// <summary>A file is whole.</summary>
    public void End(string file, long bytes)
    {
        Tell(file, bytes);
        _before += bytes;
    }

    private void Tell(string file, long bytes)
    {
        _told = _before + bytes;
        progress?.Report(new HubProgress(file, _told, Total));
    }
}
