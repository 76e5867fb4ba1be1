namespace Ptune.Messaging.Tls;

/// <summary>
/// What was made of some files, made anew when they have changed. Kubernetes and certificate managers put new files in the place of the old ones; a moment at which only some of them are new, or
/// a mistake, leaves what was there.
/// </summary>
internal sealed class FileWatch<T>(Func<T> read, params string[] paths)
    where T : class
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private T? _current;
    private string _stamp = "";
    private long _looked;

    /// <exception cref="IOException">The files were never readable.</exception>
    public T Current
    {
        get
        {
            lock (_lock)
            {
                if (_current is not null && TimeProvider.System.GetElapsedTime(_looked) < s_look) return _current;
                _looked = TimeProvider.System.GetTimestamp();
                var stamp = string.Join('|', paths.Select(Stamp));
                if (_current is not null && stamp == _stamp) return _current;
                try
                {
                    _current = read();
                    _stamp = stamp;
                }
                catch (Exception) when (_current is not null)
                {
                    // The old one serves on; the next look tries again.
                }
                return _current!;
            }
        }
    }

    /// <summary>A mounted secret is a link to a link, and it is the links that change.</summary>
    private static string Stamp(string path)
    {
        var file = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
        return $"{file.FullName} {(file.Exists ? $"{file.LastWriteTimeUtc.Ticks} {file.Length}" : "missing")}";
    }
}
