using System.Collections.Concurrent;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>
/// Looks at a data set on this machine: that its files are there and are the declared ones, that images, labels, names and splits fit
/// each other. Embedded only: the silos of a cluster need not see the workers' disks. What a file was found to be is kept until it changes.
/// </summary>
internal sealed class DatasetCheck
{
    private readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), IdxFile> _known = new();

    public async Task<IReadOnlyList<SpecProblem>> CheckAsync(Spec spec, SpecData data, SpecPositions positions, CancellationToken cancellation)
    {
        var dataset = data.Dataset;
        // An address is fetched once, by the worker, which checks the digests.
        if (Uri.TryCreate(dataset.Location, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return [];
        var folder = Path.GetFullPath(dataset.Location);
        if (!Directory.Exists(folder))
            return [positions.Problem($"{data.Path}.location", $"There is no folder '{folder}' for the data set '{dataset.Name}'.", "Install or fetch the data set, or write where it lies.")];

        var report = new DatasetReport(data, positions);
        var files = new Dictionary<string, IdxFile>();
        foreach (var (key, file) in dataset.Files.All())
        {
            if (await ReadAsync(folder, key, file, report, cancellation) is { } read) files[key] = read;
        }
        DatasetRules.Check(spec, files, report);
        return report.Problems;
    }

    private async Task<IdxFile?> ReadAsync(string folder, string key, DataFile file, DatasetReport report, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Path);
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            report.Add($"files.{key}.path", $"There is no file '{path}'.", "Put it there, or write another path or location.");
            return null;
        }
        try
        {
            var known = (path, info.Length, info.LastWriteTimeUtc);
            if (!_known.TryGetValue(known, out var read))
            {
                read = await IdxFile.ReadAsync(path, key.EndsWith("Images", StringComparison.Ordinal) ? 3 : 1, cancellation);
                _known[known] = read;
            }
            if (read.Sha256 == file.Sha256) return read;
            report.Add($"files.{key}.sha256", $"'{path}' has the SHA-256 {read.Sha256}: it is not the declared file.", "Fetch it anew, or, if this is the right file, write its digest.");
        }
        catch (InvalidDataException e)
        {
            report.Add($"files.{key}.path", $"'{path}' is no IDX file of {(key.EndsWith("Images", StringComparison.Ordinal) ? "images" : "labels")}: {e.Message}.", "Fetch it anew, or name the right file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Add($"files.{key}.path", $"'{path}' cannot be read: {e.Message}", "Make it readable for the server's user.");
        }
        return null;
    }
}
