using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission.Texts;

/// <summary>
/// The first lines of a text, each of which must be UTF-8; only a line feed ends one. It ends before the line that is beyond the bytes that may be read, so that neither a long file nor one
/// that unpacks to far more than it is takes long.
/// </summary>
/// <param name="content">Unpacked.</param>
/// <param name="mostBytes">That are read.</param>
internal sealed class FirstLines(Stream content, long mostBytes)
{
    private static readonly byte[] Mark = [0xef, 0xbb, 0xbf];

    private byte[] _buffer = new byte[1 << 16];
    private int _begin;
    private int _end;
    private long _offset;
    private bool _hasBegun;

    /// <summary>From 1, of the line at hand.</summary>
    public long Number { get; private set; }

    /// <summary>Without its line feed, until the next call.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Unpacked.</summary>
    public long BytesRead { get; private set; }

    /// <summary>Whether the last line was read, and not only the last one that is looked at.</summary>
    public bool IsAtEnd { get; private set; }

    /// <exception cref="TextFileException">The line is no UTF-8 or too long, or the content is damaged or is no text.</exception>
    public bool Next()
    {
        if (!_hasBegun) Begin();
        var searched = 0;
        int at;
        while ((at = _buffer.AsSpan(_begin + searched, _end - _begin - searched).IndexOf((byte)'\n')) < 0)
        {
            searched = _end - _begin;
            if (searched > TextDatasetSpec.MaxRecordBytes) throw TooLong(Number + 1);
            if (Fill()) continue;
            return IsAtEnd && searched > 0 && Take(searched, searched);
        }
        return Take(searched + at, searched + at + 1);
    }

    private bool Take(int length, int consumed)
    {
        Number++;
        if (length > TextDatasetSpec.MaxRecordBytes) throw TooLong(Number);
        Line = _buffer.AsMemory(_begin, length);
        if (!Utf8.IsValid(Line.Span)) throw NoText(Line.Span);
        _begin += consumed;
        _offset += consumed;
        return true;
    }

    private void Begin()
    {
        _hasBegun = true;
        while (_end < 4 && Fill())
        {
        }
        if (FileSignatures.Of(_buffer.AsSpan(0, _end)) is { } other) throw new TextFileException(other);
        if (_buffer.AsSpan(0, _end).StartsWith(Mark)) _offset = _begin = Mark.Length;
    }

    private bool Fill()
    {
        if (BytesRead >= mostBytes || IsAtEnd) return false;
        if (_begin > 0)
        {
            _buffer.AsSpan(_begin, _end - _begin).CopyTo(_buffer);
            (_begin, _end) = (0, _end - _begin);
        }
        if (_end == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
        var got = Read(_buffer.AsSpan(_end));
        _end += got;
        BytesRead += got;
        IsAtEnd = got == 0;
        return got > 0;
    }

    private int Read(Span<byte> buffer)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw new TextFileException(new TextFault(null, "The gzip data are damaged or cut off.", "Copy or download the file again."));
        }
    }

    private TextFileException NoText(ReadOnlySpan<byte> line)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(line[at..], out _, out var consumed) == OperationStatus.Done) at += consumed;
        return new(new TextFault(Number, $"The byte 0x{line[at]:X2} at offset {_offset + at} is not valid UTF-8.", "Convert the file: iconv -f LATIN1 -t UTF-8, or from whatever encoding it is in."));
    }

    private static TextFileException TooLong(long number) =>
        new(new TextFault(number, $"The line is longer than {TextDatasetSpec.MaxRecordBytes} bytes.", "Split the record, or check for a missing line feed."));
}
