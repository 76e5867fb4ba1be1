using System.Buffers;
using System.Text;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// Text of ids that come one by one: what is complete so far, never half a character, and nothing that later ids would take back. Control tokens are left out.
/// </summary>
public sealed class TextStream
{
    private readonly Tokenizer _tokenizer;
    private readonly Decoder _utf8 = Encoding.UTF8.GetDecoder();
    private readonly List<int> _held = [];
    private int? _before;

    internal TextStream(Tokenizer tokenizer) => _tokenizer = tokenizer;

    /// <summary>Takes what was there before the first id, such as a prompt: an answer alone would lose its first space.</summary>
    /// <param name="ids">The prompt's ids.</param>
    public void Follow(IEnumerable<int> ids)
    {
        foreach (var id in ids)
            if (!_tokenizer.IsSpecial(id)) _before = id;
    }

    /// <summary>The text that one id more completes; empty where it completes none.</summary>
    /// <exception cref="TokenizerException">The id has no token.</exception>
    public string Add(int id)
    {
        _tokenizer.TokenOf(id);
        if (_tokenizer.IsSpecial(id)) return "";
        var decoder = _tokenizer.Decoder;
        if (decoder.IsByteLevel) return Read(decoder.BytesOf(id));
        _held.Add(id);
        // A run of byte tokens is read as a whole once it has ended: if it is no UTF-8, every byte of it becomes U+FFFD.
        return decoder.IsPieceByPiece && !decoder.IsByteToken(id) ? Release() : "";
    }

    /// <summary>The rest of the text; a last character that is not whole is left off.</summary>
    public string Finish()
    {
        if (_held.Count == 0) return "";
        var run = _held.AsEnumerable().Reverse().TakeWhile(_tokenizer.Decoder.IsByteToken).Reverse().Select(_tokenizer.Decoder.ByteOf).ToArray();
        var cut = IncompleteEnd(run);
        if (cut > 0) _held.RemoveRange(_held.Count - cut, cut);
        return _held.Count == 0 ? "" : Release();
    }

    // How many bytes at the end begin a character that further bytes could complete.
    private static int IncompleteEnd(byte[] bytes)
    {
        for (var count = 1; count <= Math.Min(3, bytes.Length); count++)
            if (Rune.DecodeFromUtf8(bytes.AsSpan(bytes.Length - count), out _, out _) == OperationStatus.NeedMoreData) return count;
        return 0;
    }

    private string Release()
    {
        var text = Text(_held, _before);
        _before = _held[^1];
        _held.Clear();
        return text;
    }

    // With the id before them as context, for the first piece of a text loses its space.
    private string Text(IReadOnlyList<int> ids, int? before)
    {
        if (before is not { } context) return _tokenizer.Decode(ids);
        var start = _tokenizer.Decode([context]);
        return _tokenizer.Decode([context, .. ids])[start.Length..];
    }

    private string Read(byte[] bytes)
    {
        var characters = new char[_utf8.GetCharCount(bytes, flush: false)];
        return new string(characters, 0, _utf8.GetChars(bytes, characters, flush: false));
    }
}
