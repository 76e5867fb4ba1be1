using System.Text.Json;
using Ptune.Learning;

namespace Ptune.Executor.Hub;

/// <summary>A repository's files at one commit.</summary>
internal sealed record HubListing(string Commit, IReadOnlyList<HubEntry> Entries)
{
    /// <summary>Reads what the hub answers to <c>api/models/REPOSITORY/revision/REVISION?blobs=true</c>.</summary>
    /// <param name="source">Who answered, for messages.</param>
    /// <exception cref="DataException">It is something else, or names files that would lie outside of their folder.</exception>
    public static HubListing Parse(ReadOnlyMemory<byte> json, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            var commit = root.GetProperty("sha").GetString() ?? "";
            if (!HubReference.IsCommit(commit)) throw new DataException($"{source} names '{HubText.Shown(commit)}' as the commit, which is none.");
            return new HubListing(commit, [.. root.GetProperty("siblings").EnumerateArray().Select(file => Entry(file, source))]);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new DataException($"{source} answered something else than a repository's files. Check HF_ENDPOINT, which names the hub.", e);
        }
    }

    private static HubEntry Entry(JsonElement file, string source)
    {
        var path = file.GetProperty("rfilename").GetString() ?? "";
        if (!HubEntry.IsSafe(path)) throw new DataException($"{source} names the file '{HubText.Shown(path)}', which would lie outside of its folder. Nothing of this repository is fetched.");
        long? size = Number(file, "size");
        var digest = HubDigest.Read(Text(file, "blobId"));
        // The blob of a large file is only the pointer to it.
        if (file.TryGetProperty("lfs", out var lfs) && lfs.ValueKind == JsonValueKind.Object)
            (size, digest) = (Number(lfs, "size") ?? size, HubDigest.Read(Text(lfs, "sha256")) ?? HubDigest.Read(Text(lfs, "oid")));
        return size is < 0 ? throw new DataException($"{source} says that '{HubText.Shown(path)}' has {size} bytes.") : new HubEntry(path, size, digest);
    }

    private static long? Number(JsonElement file, string name) => file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    private static string? Text(JsonElement file, string name) => file.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
