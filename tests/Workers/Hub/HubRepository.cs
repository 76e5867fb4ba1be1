using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ptune.Workers.Tests.Hub;

/// <summary>A repository as the hub answers for it: the listing, the files with ranges, and large files by a redirect.</summary>
internal sealed class HubRepository
{
    public const string Name = "acme/tiny";
    public const string Commit = "0123456789abcdef0123456789abcdef01234567";

    /// <summary>Files by path.</summary>
    public SortedDictionary<string, byte[]> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>Where large files lie: another server's address. Null: the hub answers itself.</summary>
    public string? LargeAt { get; init; }

    /// <summary>The listing says sizes and digests; older mirrors do not.</summary>
    public bool ListsDigests { get; init; } = true;

    /// <summary>The files of a folder of tests/fixtures/hf, and what published repositories have besides.</summary>
    public static HubRepository Of(string fixture)
    {
        var repository = new HubRepository();
        foreach (var path in Directory.EnumerateFiles(Fixtures.Repository.PathOf("tests", "fixtures", "hf", fixture)).Where(path => !Path.GetFileName(path).StartsWith("reference.", StringComparison.Ordinal)))
            repository.Files[Path.GetFileName(path)] = File.ReadAllBytes(path);
        repository.Files["README.md"] = "---\nlicense: apache-2.0\n---\n"u8.ToArray();
        return repository;
    }

    public static bool IsLarge(string path) => path.EndsWith(".safetensors", StringComparison.Ordinal) || path.EndsWith(".bin", StringComparison.Ordinal);

    public static string Sha256(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

#pragma warning disable CA5350 // How git names its blobs.
    public static string GitBlob(byte[] content) => Convert.ToHexStringLower(SHA1.HashData([.. Encoding.ASCII.GetBytes($"blob {content.Length}\0"), .. content]));
#pragma warning restore CA5350

    public static string Digest(string path, byte[] content) => IsLarge(path) ? Sha256(content) : GitBlob(content);

    /// <summary>What the hub says.</summary>
    public HubReply Answer(HubRequest request)
    {
        if (request.IsListing) return HubReply.Ok(Encoding.UTF8.GetBytes(Listing().ToJsonString()));
        var path = Uri.UnescapeDataString(request.Target[$"/{Name}/resolve/{Commit}/".Length..]);
        if (!Files.TryGetValue(path, out var content)) return HubReply.Error("404 Not Found", ("X-Error-Code", "EntryNotFound"));
        var facts = new Dictionary<string, string> { ["X-Repo-Commit"] = Commit, ["ETag"] = $"\"{Digest(path, content)}\"" };
        if (!IsLarge(path)) return Part(request, content, facts);
        facts["X-Linked-Etag"] = facts["ETag"];
        facts["X-Linked-Size"] = content.Length.ToString(CultureInfo.InvariantCulture);
        if (LargeAt is null) return Part(request, content, facts);
        facts["Location"] = $"{LargeAt}/store/{path}?signature=secret";
        return new HubReply("302 Found", []) { Headers = facts };
    }

    /// <summary>What a store for large files says, which knows nothing of the hub.</summary>
    public HubReply AnswerStore(HubRequest request) => Part(request, Files[request.Target.Split('?')[0]["/store/".Length..]], new() { ["ETag"] = "\"0123456789abcdef0123456789abcdef\"" });

    public JsonObject Listing() => new()
    {
        ["id"] = Name,
        ["sha"] = Commit,
        ["siblings"] = new JsonArray([.. Files.Select(file => Sibling(file.Key, file.Value))]),
    };

    private JsonNode Sibling(string path, byte[] content)
    {
        var sibling = new JsonObject { ["rfilename"] = path };
        if (!ListsDigests) return sibling;
        sibling["size"] = content.Length;
        sibling["blobId"] = IsLarge(path) ? new string('d', 40) : GitBlob(content);
        if (IsLarge(path)) sibling["lfs"] = new JsonObject { ["sha256"] = Sha256(content), ["size"] = content.Length, ["pointerSize"] = 130 };
        return sibling;
    }

    private static HubReply Part(HubRequest request, byte[] content, Dictionary<string, string> headers)
    {
        if (request.Range is not { } range) return HubReply.Ok(content) with { Headers = headers };
        var from = int.Parse(range["bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
        if (from >= content.Length) return HubReply.Error("416 Range Not Satisfiable", ("Content-Range", $"bytes */{content.Length}"));
        return new HubReply("206 Partial Content", content[from..]) { Headers = new(headers) { ["Content-Range"] = $"bytes {from}-{content.Length - 1}/{content.Length}" } };
    }
}
