using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Importing;

/// <summary>Which files of a folder are a model's: configuration, the safetensors that are read, and what goes along. Pickles, other formats and code stay where they are.</summary>
internal static class KeptFiles
{
    /// <summary>Their paths below the folder, in order.</summary>
    public static IReadOnlyList<string> Of(PretrainedFolder folder)
    {
        string[] weights = [.. folder.Weights.Files.Select(path => Path.GetRelativePath(folder.Files.Folder, path))];
        bool isIndexed = !(weights is [var only] && (only == ShardedWeights.SingleFile || folder.Files.Find(ShardedWeights.IndexFile) is null));
        return [.. CompanionFiles.In(folder.Files)
            .Concat(weights).Append(PretrainedFolder.ConfigFile).Concat(isIndexed ? [ShardedWeights.IndexFile] : []).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Copies them into another folder; where both are the same, nothing is moved.</summary>
    /// <exception cref="IOException">The disk is full, or the folder cannot be written.</exception>
    public static void Copy(FolderFiles from, IEnumerable<string> names, string target, CancellationToken stop)
    {
        if (Path.GetFullPath(target) == from.Folder) return;
        foreach (string name in names)
        {
            stop.ThrowIfCancellationRequested();
            string to = Path.Combine(target, name);
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            using var source = StoredFile.Open(from.Find(name)!);
            AtomicFile.Write(to, source.CopyTo);
        }
    }
}
