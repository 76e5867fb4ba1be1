using System.Text;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>A spec's bytes are UTF-8, with or without a byte order mark, whichever way they come: a file, standard input or a request.</summary>
public static class SpecEncoding
{
    private const char ByteOrderMark = '\uFEFF';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>The text without its byte order mark, or what is wrong with the bytes.</returns>
    public static (string? Text, SpecProblem? Problem) Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return (null, new SpecProblem("", 1, 1, "The text is UTF-16; a spec has to be UTF-8.", "Save it as UTF-8."));
        try
        {
            return (WithoutByteOrderMark(Strict.GetString(bytes)), null);
        }
        catch (DecoderFallbackException e)
        {
            var before = bytes[..Math.Clamp(e.Index, 0, bytes.Length)];
            var line = before.Count((byte)'\n') + 1;
            var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1;
            return (null, new SpecProblem("", line, column, $"The text is not UTF-8: the byte at offset {before.Length:N0} is not part of a character.", "Save it as UTF-8."));
        }
    }

    /// <summary>A mark at the beginning says nothing; anywhere else it is a character.</summary>
    public static string WithoutByteOrderMark(string text) => text.StartsWith(ByteOrderMark) ? text[1..] : text;
}
