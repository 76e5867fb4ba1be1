using System.Collections.Concurrent;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission;

/// <summary>
/// Looks at a data set on this machine: that its files are there and are the declared ones, that images, labels, names and splits fit
/// each other. Embedded only: the silos of a cluster need not see the workers' disks. What a file was found to be is kept until it changes.
/// </summary>
internal sealed class DatasetCheck : IDisposable
{
    // A disk on a network may never answer: so many threads wait for such disks, and no more.
    private const int AtOnce = 4;
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written), IdxFile> _known = new();
    private readonly TextFilesCheck _texts = new();
    private readonly SemaphoreSlim _turns = new(AtOnce, AtOnce);

    public Task<IReadOnlyList<SpecProblem>> CheckAsync(Spec spec, SpecData data, SpecPositions positions, CancellationToken cancellation) =>
        InTurnAsync(data.Dataset.Location, $"{data.Path}.location", "data set", () => CheckInTurnAsync(spec, data, positions, cancellation), positions, cancellation);

    /// <summary>That a tokenizer's file is there, and can be read.</summary>
    public Task<IReadOnlyList<SpecProblem>> CheckAsync(string path, TokenizerSpec tokenizer, SpecPositions positions, CancellationToken cancellation) =>
        InTurnAsync(tokenizer.Location, $"{path}.location", "tokenizer", () => Task.FromResult(TokenizerInTurn(path, tokenizer, positions)), positions, cancellation);

    private static IReadOnlyList<SpecProblem> TokenizerInTurn(string path, TokenizerSpec tokenizer, SpecPositions positions)
    {
        var file = Path.Combine(tokenizer.Location, tokenizer.File.Path);
        var at = $"{path}.file.path";
        var (empty, problem) = NamedFile.Look<SpecProblem>(at, file, positions, content => content.Length > 0 ? null : positions.Problem(at, $"'{file}' is empty.", "Name a tokenizer.json."));
        return (empty ?? problem) is { } found ? [found] : [];
    }

    private async Task<IReadOnlyList<SpecProblem>> InTurnAsync(
        string location, string path, string noun, Func<Task<IReadOnlyList<SpecProblem>>> look, SpecPositions positions, CancellationToken cancellation)
    {
        // Uploads were checked when they came. An address is fetched once, by the worker, which checks the digests.
        if (location == IDatasetSpec.Uploads) return [];
        if (Uri.TryCreate(location, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return [];
        if (!await _turns.WaitAsync(LongestTurn, cancellation))
            return [positions.Problem(path, $"The {noun} was not checked within {LongestTurn.TotalSeconds:0} s: {AtOnce} others are still being read.", "Submit it again later, or check whether their disks respond.")];
        var check = Task.Run(look, CancellationToken.None);
        // Who no longer waits leaves the turn to the thread that may hang.
        _ = check.ContinueWith(_ => _turns.Release(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await check.WaitAsync(cancellation);
    }

    public void Dispose() => _turns.Dispose();

    private async Task<IReadOnlyList<SpecProblem>> CheckInTurnAsync(Spec spec, SpecData data, SpecPositions positions, CancellationToken cancellation)
    {
        var dataset = data.Dataset;
        if (dataset.Location.Contains('\0'))
            return [positions.Problem($"{data.Path}.location", "The location contains the character U+0000, which no path can.", "Write the folder's full path.")];
        var folder = Path.GetFullPath(dataset.Location);
        if (!Directory.Exists(folder))
            return [positions.Problem($"{data.Path}.location", $"The folder '{folder}' of the data set '{dataset.Name}' does not exist.", "Install or fetch the data set, or correct the location.")];

        if (dataset is TextDatasetSpec texts) return _texts.Check(texts, folder, data.Path, positions, cancellation);
        if (dataset is not ImageDatasetSpec images) return [];
        var report = new DatasetReport(data, positions);
        var files = new Dictionary<string, IdxFile>();
        foreach (var (key, file) in images.Files.All())
        {
            if (await ReadAsync(folder, key, file, report, cancellation) is { } read) files[key] = read;
        }
        DatasetRules.Check(spec, files, report);
        return report.Problems;
    }

    private async Task<IdxFile?> ReadAsync(string folder, string key, DataFile file, DatasetReport report, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, file.Path);
        var isImages = key.EndsWith("Images", StringComparison.Ordinal);
        try
        {
            var info = new FileInfo(path);
            var known = (path, info.Exists ? info.Length : 0, info.LastWriteTimeUtc);
            if (!_known.TryGetValue(known, out var read))
            {
                read = await IdxFile.ReadAsync(path, isImages ? 3 : 1, cancellation);
                _known[known] = read;
            }
            if (read.Sha256 == file.Sha256) return read;
            report.Add($"files.{key}.sha256", $"'{path}' has the SHA-256 {read.Sha256}: it is not the declared file.", "Fetch it again, or, if this is the right file, declare this digest.");
        }
        catch (Exception e) when (e is FileNotFoundException or ArgumentException)
        {
            report.Add($"files.{key}.path", $"The file '{path.Replace("\0", "\\0", StringComparison.Ordinal)}' does not exist.", "Put it there, or correct the path or the location.");
        }
        catch (NotARegularFileException e)
        {
            report.Add($"files.{key}.path", e.Message, "Name a file.");
        }
        catch (InvalidDataException e)
        {
            report.Add($"files.{key}.path", $"'{path}' is not an IDX file of {(isImages ? "images" : "labels")}: {e.Message}.", "Fetch it again, or name the right file.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Add($"files.{key}.path", $"'{path}' cannot be read: {e.Message}", "Make it readable for the server's user.");
        }
        return null;
    }
}
