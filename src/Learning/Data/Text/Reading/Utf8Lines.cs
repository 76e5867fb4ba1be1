using Ptune.Contracts.Specs;
namespace Ptune.Learning.Data.Text.Reading;

/// <summary>
/// The lines of a stream, each checked to be UTF-8. Only a line feed ends a line: U+2028, U+2029, U+0085 and a carriage return by itself
/// do not. A byte order mark at the start is left out. Memory stays near the length of the longest line, which is bounded.
/// </summary>
/// <param name="file">Names the file in errors.</param>
/// <param name="stream">Unpacked.</param>
/// <param name="maxBytes">Of one line.</param>
internal sealed class Utf8Lines(string file, Stream stream, int maxBytes)
{
    private static readonly byte[] _mark = [0xef, 0xbb, 0xbf];

    private byte[] _buffer = new byte[Math.Min(maxBytes, 1 << 16) + 1];
    private int _begin;
    private int _end;
    private bool _atStart = true;

    /// <summary>Where <see cref="Line"/> stands.</summary>
    public RecordPlace Place { get; private set; } = new(file, "line", 0);

    /// <summary>The offset of the line's first byte in the unpacked file.</summary>
    public long Start { get; private set; }

    /// <summary>The line without its line feed, until the next call of <see cref="Next"/>.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <returns>Whether there is another line. A file that ends in a line feed has none after it.</returns>
    /// <exception cref="DataException">The line is too long or is not UTF-8, or the stream is damaged.</exception>
    public bool Next()
    {
        if (_atStart) SkipMark();
        Start += Line.Length + (Place.Number == 0 ? 0 : 1);
        Place = Place with { Number = Place.Number + 1 };
        int searched = 0;
        int length;
        while ((length = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n')) < 0)
        {
            searched = _end - _begin;
            if (Fill()) continue;
            if (searched == 0) return false;
            return Take(searched, searched);
        }

        return Take(searched + length, searched + length + 1);
    }

    private bool Take(int length, int consumed)
    {
        if (length > maxBytes) throw TooLong();
        Line = _buffer.AsMemory(_begin, length);
        StrictUtf8.Check(Line.Span, Place, Start);
        _begin += consumed;
        return true;
    }

    private void SkipMark()
    {
        _atStart = false;
        while (_end < 4 && Fill()) { }

        FileSignature.Refuse(file, _buffer.AsSpan(0, _end));
        if (!_buffer.AsSpan(0, _end).StartsWith(_mark)) return;
        _begin = _mark.Length;
        Start = _mark.Length;
    }

    /// <summary>Reads on behind what is there; false at the end of the stream.</summary>
    private bool Fill()
    {
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            _end -= _begin;
            _begin = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_end > maxBytes) throw TooLong();
            Array.Resize(ref _buffer, (int)Math.Min(2L * _buffer.Length, maxBytes + 1L));
        }

        int got = Packed.Read(file, stream, _buffer.AsSpan(_end));
        _end += got;
        return got > 0;
    }

    private DataException TooLong() => Place.Error($"the line is longer than {maxBytes} bytes. Split the record, or check for a missing line feed.");
}
