using Ptune.Contracts.Commands;

namespace Ptune.Executor.Commands;

/// <summary>The lines of a command's input: of a file, or of standard input when it is called <c>-</c>. Only a line feed ends one; memory stays near the longest line's length.</summary>
internal sealed class InputLines : IDisposable
{
    private const int LongestLine = 1 << 30;

    private readonly Stream _stream;
    private readonly CancellationToken _stop;
    private byte[] _buffer = new byte[1 << 16];
    private int _begin;
    private int _end;
    private bool _atStart = true;

    private InputLines(Stream stream, CancellationToken stop)
    {
        _stream = stream;
        _stop = stop;
    }

    /// <exception cref="CommandException">The file does not exist.</exception>
    public static InputLines Open(string file, CommandStreams streams, CancellationToken stop)
    {
        if (file == "-") return new InputLines(streams.Input, stop);
        return File.Exists(file)
            ? new InputLines(File.OpenRead(file), stop)
            : throw new CommandException(CommandExitCode.NotFound, $"The file '{file}' does not exist.", Directory.Exists(file) ? "It is a folder; name a file of JSON Lines." : "Name a file of JSON Lines, or - for standard input.");
    }

    /// <summary>The lines without their ends, each until the next one is asked for. A byte order mark at the start is left out.</summary>
    /// <exception cref="CommandException">A line is longer than an array can be.</exception>
    public IEnumerable<ReadOnlyMemory<byte>> Read()
    {
        while (true)
        {
            var searched = 0;
            int length;
            while ((length = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n')) < 0)
            {
                searched = _end - _begin;
                if (Fill()) continue;
                if (searched > 0) yield return Line(searched);
                yield break;
            }
            var line = Line(searched + length);
            _begin += searched + length + 1;
            yield return line;
        }
    }

    public void Dispose() => _stream.Dispose();

    private ReadOnlyMemory<byte> Line(int length)
    {
        var line = _buffer.AsMemory(_begin, length);
        if (_atStart && line.Span.StartsWith((byte[])[0xef, 0xbb, 0xbf])) line = line[3..];
        _atStart = false;
        return line.Length > 0 && line.Span[^1] == '\r' ? line[..^1] : line;
    }

    private bool Fill()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
        }
        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine) throw new CommandException(CommandExitCode.Usage, $"A line is longer than {LongestLine:N0} bytes.");
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }
        // Reading a terminal or a pipe cannot be cancelled: the wait for it can.
        var got = Task.Run(() => _stream.Read(_buffer, _end, _buffer.Length - _end), CancellationToken.None).WaitAsync(_stop).GetAwaiter().GetResult();
        _end += got;
        return got > 0;
    }
}
