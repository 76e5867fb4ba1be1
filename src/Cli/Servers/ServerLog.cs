namespace Ptune.Cli.Servers;

/// <summary>
/// The log of a server that was started for a run. Its file is begun when the server is ready: before, the store may be another server's, and so the file.
/// </summary>
internal sealed class ServerLog(string path) : IDisposable
{
    private readonly List<string> _early = [];
    private StreamWriter? _file;

    public void Write(string line)
    {
        lock (_early)
        {
            if (_file is null) _early.Add(line);
            else Append(line);
        }
    }

    public void Begin()
    {
        lock (_early)
        {
            _file = new StreamWriter(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete)) { AutoFlush = true };
            _early.ForEach(Append);
            _early.Clear();
        }
    }

    /// <summary>The file is whole; what is written later is dropped.</summary>
    public void Dispose()
    {
        lock (_early) _file?.Dispose();
    }

    private void Append(string line)
    {
        try
        {
            _file!.WriteLine(line);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A full disk must not end the run; the server reports it by itself where it matters.
        }
    }
}
