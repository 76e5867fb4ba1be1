using System.Security.Cryptography;
using System.Text.Json;
using Ptune.Contracts.Identity;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Importing;

/// <summary>A model whose files stay where they lie, on a path that every worker sees: the folder, and what each file was when it was imported.</summary>
/// <param name="Folder">With all links resolved.</param>
internal sealed record FolderReference(string Folder, IReadOnlyList<ReferencedFile> Files)
{
    public const string FileName = "reference.json";

    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Digests files of a folder.</summary>
    public static FolderReference Of(FolderFiles files, IEnumerable<string> names, CancellationToken stop)
    {
        var referenced = new List<ReferencedFile>();
        foreach (string name in names)
        {
            stop.ThrowIfCancellationRequested();
            string path = files.Find(name)!;
            var (bytes, modified) = State(path);
            referenced.Add(new ReferencedFile(name, DigestOf(path), bytes, modified));
        }

        return new FolderReference(files.Folder, referenced);
    }

    /// <exception cref="LearningException">The file is damaged.</exception>
    public static FolderReference Read(string path)
    {
        try
        {
            var read = JsonSerializer.Deserialize<FolderReference>(StoredFile.ReadBytes(path), _json);
            return read is { Folder: not null, Files.Count: > 0 } && read.Files.All(file => file is { Path: not null, Digest: not null })
                ? read : throw new ModelRefusedException($"{path} names no folder or no files.");
        }
        catch (JsonException error)
        {
            throw new ModelRefusedException($"{path} cannot be read: {error.Message}", error);
        }
    }

    public void Write(string path) => AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, this, _json));

    /// <summary>Compares the folder with what it was: sizes and times always, the bytes of files whose time is another.</summary>
    /// <exception cref="ModelRefusedException">It has changed, or is gone.</exception>
    public void Verify()
    {
        if (!Directory.Exists(Folder)) throw Changed($"the folder is not there. It must be on a path that every worker sees");
        var files = new FolderFiles(Folder);
        foreach (var file in Files)
        {
            if (files.Find(file.Path) is not { } path) throw Changed($"{file.Path} is gone");
            var (bytes, modified) = State(path);
            if (bytes != file.Bytes) throw Changed($"{file.Path} has {bytes} bytes, and had {file.Bytes}");
            if (modified != file.Modified && DigestOf(path) != file.Digest) throw Changed($"{file.Path} has other contents than when it was imported");
        }

        // Files that would be read now, and were not there.
        var known = Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        string[] read = [ShardedWeights.SingleFile, ShardedWeights.IndexFile, .. CompanionFiles.In(files)];
        if (read.FirstOrDefault(name => !known.Contains(name) && files.Find(name) is not null) is { } added) throw Changed($"{added} is new");
    }

    private ModelRefusedException Changed(string what) =>
        new($"The model was imported by reference to {Folder}, which has changed: {what}. Restore the folder, or import it again under a new version.");

    private static (long Bytes, DateTime Modified) State(string path)
    {
        var info = new FileInfo(path);
        // A link of the hub's cache: its target's state counts.
        var target = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
        return (target.Length, target.LastWriteTimeUtc);
    }

    private static string DigestOf(string path)
    {
        using var file = StoredFile.Open(path);
        return Digest.Prefix + Convert.ToHexStringLower(SHA256.HashData(file));
    }
}
