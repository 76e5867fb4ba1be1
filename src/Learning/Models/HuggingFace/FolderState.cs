using System.Globalization;
using Ptune.Contracts.Identity;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>Stands in for a digest where a folder is used as it lies: where its weights are, how many bytes, and when they were written.</summary>
internal static class FolderState
{
    /// <summary>A name for the weights as they are now, found without reading them.</summary>
    public static string Of(PretrainedFolder folder) => Digest.Of(string.Join('\n', folder.Weights.Files.Select(path =>
    {
        var file = new FileInfo(path);
        var target = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        return string.Create(CultureInfo.InvariantCulture, $"{target.FullName} {target.Length} {target.LastWriteTimeUtc.Ticks}");
    })));
}
