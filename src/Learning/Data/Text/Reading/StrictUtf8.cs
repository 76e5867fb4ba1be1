using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Ptune.Learning.Data.Text.Reading;

/// <summary>Bytes to text without U+FFFD in the place of what is not UTF-8: that would change the data.</summary>
internal static class StrictUtf8
{
    /// <returns>The offset of the first byte that begins no UTF-8 character, or null where all is well.</returns>
    public static int? FirstInvalid(ReadOnlySpan<byte> bytes)
    {
        if (Utf8.IsValid(bytes)) return null;
        int offset = 0;
        while (Rune.DecodeFromUtf8(bytes[offset..], out _, out int consumed) == OperationStatus.Done) offset += consumed;
        return offset;
    }

    /// <param name="bytes">What to decode.</param>
    /// <param name="place">Named in the error.</param>
    /// <param name="start">The offset of the first byte in the unpacked file, for the error.</param>
    /// <exception cref="DataException">They are not UTF-8.</exception>
    public static string Decode(ReadOnlySpan<byte> bytes, RecordPlace place, long start)
    {
        Check(bytes, place, start);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <exception cref="DataException">The bytes are not UTF-8.</exception>
    public static void Check(ReadOnlySpan<byte> bytes, RecordPlace place, long start)
    {
        if (FirstInvalid(bytes) is not { } offset) return;
        throw place.Error(
            $"the byte 0x{bytes[offset]:X2} at offset {start + offset} is not valid UTF-8. Convert the file: iconv -f LATIN1 -t UTF-8, or from whatever encoding it is in.");
    }
}
