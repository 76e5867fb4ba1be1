using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission.Texts;

/// <summary>What the records of a data set in JSON Lines or plain text say, as a digest each, so that records that two data sets share can be counted.</summary>
internal static class TextKeys
{
    /// <summary>Bytes of a data set that are read.</summary>
    public const long MostBytes = 64L << 20;

    /// <param name="dataset">The data set.</param>
    /// <param name="pathOf">Where one of its files lies on this machine; null: not here.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Null where it cannot be told: data that lie elsewhere, Parquet, which only workers read, templates, files that cannot be read.</returns>
    public static IReadOnlyList<UInt128>? Of(TextDatasetSpec dataset, Func<DataFile, string?> pathOf, CancellationToken cancellation)
    {
        if (new RecordFields(dataset) is not { Wanted: { } wanted } fields) return null;
        var names = wanted.Select(fields.Name).ToArray();
        var keys = new List<UInt128>();
        var left = MostBytes;
        foreach (var (_, file) in dataset.Declared())
        {
            var ending = TextFileEnding.Of(file.Path);
            if (pathOf(file) is not { } path || ending.Kind is not (TextFileKind.JsonLines or TextFileKind.Plain) || (ending.Kind == TextFileKind.Plain && names.Length != 1)) return null;
            try
            {
                using var content = RegularFile.Open(path);
                using Stream unpacked = ending.IsPacked ? new GZipStream(content, CompressionMode.Decompress) : content;
                var lines = new FirstLines(unpacked, left);
                keys.AddRange((ending.Kind == TextFileKind.Plain ? Plain(lines, dataset.Records ?? PlainTextRecords.File) : Records(lines, names)).TakeWhile(_ => !cancellation.IsCancellationRequested));
                cancellation.ThrowIfCancellationRequested();
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

    private static IEnumerable<UInt128> Records(FirstLines lines, string[] names)
    {
        while (lines.Next())
            if (!lines.Line.Span.IsWhiteSpaceOnly()) yield return Of(lines.Line, names);
    }

    /// <summary>Records as the workers cut them: the file, its paragraphs or its lines.</summary>
    private static IEnumerable<UInt128> Plain(FirstLines lines, PlainTextRecords unit)
    {
        var record = new StringBuilder();
        while (lines.Next())
        {
            var isBlank = lines.Line.Span.IsWhiteSpaceOnly();
            var line = Encoding.UTF8.GetString(lines.Line.Span);
            if (unit != PlainTextRecords.File && line.EndsWith('\r')) line = line[..^1];
            if (unit != PlainTextRecords.Paragraph || !isBlank) record.Append(line).Append('\n');
            if (unit == PlainTextRecords.File || (unit == PlainTextRecords.Paragraph && !isBlank)) continue;
            if (TakeOne() is { } one) yield return one;
        }
        if (TakeOne() is { } last) yield return last;

        UInt128? TakeOne()
        {
            var text = record.ToString();
            record.Clear();
            return string.IsNullOrWhiteSpace(text) ? null : Of([text]);
        }
    }

    private static bool IsWhiteSpaceOnly(this ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;

    private static UInt128 Of(ReadOnlyMemory<byte> line, string[] names)
    {
        using var json = JsonDocument.Parse(line);
        return Of(names.Select(name => json.RootElement.GetProperty(name)).Select(value => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText()));
    }

    private static UInt128 Of(IEnumerable<string> values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var value in values)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(value.Trim()));
            // No UTF-8 has this byte: "ab" and "c" are other texts than "a" and "bc".
            hash.AppendData([0xff]);
        }
        return BinaryPrimitives.ReadUInt128LittleEndian(hash.GetHashAndReset());
    }
}
