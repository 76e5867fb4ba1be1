using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission.Texts;

/// <summary>What the records of a data set in JSON Lines say, as a digest each, so that records that two data sets share can be counted.</summary>
internal static class TextKeys
{
    /// <summary>Bytes of a data set that are read.</summary>
    public const long MostBytes = 64L << 20;

    /// <returns>Null where it cannot be told: data that lie elsewhere, other formats of files, templates, files that cannot be read.</returns>
    public static IReadOnlyList<UInt128>? Of(TextDatasetSpec dataset, CancellationToken cancellation)
    {
        if (new RecordFields(dataset) is not { Wanted: { } wanted } fields || !Path.IsPathFullyQualified(dataset.Location)) return null;
        var names = wanted.Select(fields.Name).ToArray();
        var keys = new List<UInt128>();
        var left = MostBytes;
        foreach (var (_, file) in dataset.Declared())
        {
            var path = Path.Combine(dataset.Location, file.Path);
            if (TextFileEnding.Of(path) is not { Kind: TextFileKind.JsonLines } ending) return null;
            try
            {
                using var content = RegularFile.Open(path);
                using Stream unpacked = ending.IsPacked ? new GZipStream(content, CompressionMode.Decompress) : content;
                var lines = new FirstLines(unpacked, left);
                while (lines.Next())
                {
                    cancellation.ThrowIfCancellationRequested();
                    if (!lines.Line.Span.IsWhiteSpaceOnly()) keys.Add(Of(lines.Line, names));
                }
                left -= lines.BytesRead;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or TextFileException or JsonException or InvalidOperationException or KeyNotFoundException)
            {
                // What is wrong with it, the check of data sets says, or the job that reads it.
                return null;
            }
        }
        return keys;
    }

    private static bool IsWhiteSpaceOnly(this ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    private static UInt128 Of(ReadOnlyMemory<byte> line, string[] names)
    {
        using var json = JsonDocument.Parse(line);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var name in names)
        {
            var value = json.RootElement.GetProperty(name);
            hash.AppendData(Encoding.UTF8.GetBytes(value.ValueKind == JsonValueKind.String ? value.GetString()!.Trim() : value.GetRawText()));
            // No UTF-8 has this byte: "ab" and "c" are other texts than "a" and "bc".
            hash.AppendData([0xff]);
        }
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }
}
