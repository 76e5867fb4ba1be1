using System.Text;

namespace Ptune.Learning.Tokenization;

/// <summary>The letters that byte-level tokenizers write bytes with, as GPT-2 published them: printable Latin-1 stands for itself, the rest for U+0100 and on.</summary>
internal static class ByteLevelAlphabet
{
    private static readonly Dictionary<char, byte> _bytes = Create();

    /// <summary>All 256.</summary>
    public static IEnumerable<char> Letters => _bytes.Keys;

    /// <summary>A token's bytes; a token with any other letter is taken as its own UTF-8, as the library does.</summary>
    public static byte[] BytesOf(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
        {
            if (!_bytes.TryGetValue(token[i], out var value)) return Encoding.UTF8.GetBytes(token);
            bytes[i] = value;
        }
        return bytes;
    }

    private static Dictionary<char, byte> Create()
    {
        var bytes = new Dictionary<char, byte>();
        var next = 256;
        for (var value = 0; value < 256; value++)
            bytes.Add(value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174 ? (char)value : (char)next++, (byte)value);
        return bytes;
    }
}
