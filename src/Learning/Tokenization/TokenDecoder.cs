using System.Collections.Frozen;
using System.Text;

namespace Ptune.Learning.Tokenization;

/// <summary>
/// Decoding by bytes, for the tokenizers whose tokens are bytes. The library does the same but for one fault: an added token whose letters all stand in the byte table
/// (<c>Größe</c>) comes out as broken bytes there.
/// </summary>
internal sealed class TokenDecoder
{
    private readonly TokenizerFile _file;
    private readonly FrozenDictionary<int, AddedToken> _added;

    public TokenDecoder(TokenizerFile file, FrozenDictionary<int, AddedToken> added)
    {
        _file = file;
        _added = added;
        var parts = TokenizerFile.Parts(file.Member("decoder"), "decoders").Select(p => p.GetProperty("type").GetString()).ToArray();
        IsByteLevel = parts is ["ByteLevel"];
        // Of these the text of one token depends on the tokens before it only by the space that the first one loses.
        IsPieceByPiece = parts is ["Metaspace"] or ["Replace", "ByteFallback", "Fuse", "Strip"] or ["Replace", "ByteFallback", "Fuse"];
    }

    public bool IsByteLevel { get; }

    public bool IsPieceByPiece { get; }

    /// <summary>The bytes of one id's text.</summary>
    public byte[] BytesOf(int id) => _added.TryGetValue(id, out var added) ? Encoding.UTF8.GetBytes(added.Content) : ByteLevelAlphabet.BytesOf(_file.Tokens[id]!);

    /// <summary>Whether an id stands for one byte of a character that the vocabulary lacks: <c>&lt;0x0A&gt;</c>.</summary>
    public bool IsByteToken(int id) => !_added.ContainsKey(id) && _file.Tokens[id] is ['<', '0', 'x', var high, var low, '>'] && char.IsAsciiHexDigit(high) && char.IsAsciiHexDigit(low);

    /// <summary>The byte of such an id.</summary>
    public byte ByteOf(int id) => Convert.ToByte(_file.Tokens[id]![3..5], 16);

    public string Decode(IReadOnlyList<int> ids, bool keepSpecial)
    {
        using var bytes = new MemoryStream();
        foreach (var id in ids)
            if (keepSpecial || !(_added.TryGetValue(id, out var added) && added.IsSpecial)) bytes.Write(BytesOf(id));
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
