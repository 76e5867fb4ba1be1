using System.Collections.Concurrent;
using Ptune.Contracts.Specs;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission;

/// <summary>
/// How large the images of a data set are, by the header of its first file: no spec says it, and an estimate depends on it. Embedded only: the silos of a cluster need not see the
/// workers' disks. What a file was found to be is kept until it changes.
/// </summary>
internal sealed class ImageSizes
{
    private readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), (long Height, long Width)> _known = new();

    /// <returns>Null where it cannot be told: the files lie elsewhere, or cannot be read. What is wrong with them, <see cref="DatasetCheck"/> says.</returns>
    public async Task<(long Height, long Width)?> OfAsync(ImageDatasetSpec images, CancellationToken cancellation)
    {
        if (!Path.IsPathRooted(images.Location)) return null;
        try
        {
            // A disk on a network may never answer.
            return await Task.Run(() => ReadAsync(Path.Combine(images.Location, images.Files.TrainImages.Path), cancellation), cancellation).WaitAsync(cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or NotARegularFileException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    private async Task<(long Height, long Width)> ReadAsync(string path, CancellationToken cancellation)
    {
        var info = new FileInfo(path);
        var known = (path, info.Exists ? info.Length : 0, info.LastWriteTimeUtc);
        if (_known.TryGetValue(known, out var found)) return found;
        var sizes = await IdxFile.SizesAsync(path, 3, cancellation);
        return _known[known] = (sizes[1], sizes[2]);
    }
}
