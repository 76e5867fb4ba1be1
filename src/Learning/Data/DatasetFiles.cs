using System.Security.Cryptography;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data;

/// <summary>
/// Finds a data set's files in its folder, or fetches them once from its http(s) address into <paramref name="cacheFolder"/>, and
/// gives only bytes whose SHA-256 is the declared one.
/// </summary>
/// <param name="cacheFolder">Where fetched files are kept.</param>
/// <param name="openAddress">Opens an address to read; null where nothing may be fetched.</param>
internal sealed class DatasetFiles(string cacheFolder, Func<Uri, Stream>? openAddress)
{
    /// <summary>The verified content of a file, and where it lies.</summary>
    /// <exception cref="DataException">The file is missing or is another one.</exception>
    public (string Path, byte[] Content) Read(DatasetSpec dataset, DataFile file)
    {
        string path = IsAddress(dataset.Location) ? Fetch(dataset, file) : FindInFolder(dataset, file);
        byte[] content = File.ReadAllBytes(path);
        string actual = Convert.ToHexStringLower(SHA256.HashData(content));
        if (actual == file.Sha256) return (path, content);
        // A cached file that went bad on the disk would fail every later job: it is fetched anew by the next one.
        if (IsAddress(dataset.Location)) File.Delete(path);
        throw Mismatch(path, file, actual);
    }

    internal static bool IsAddress(string location) =>
        location.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || location.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    private static string FindInFolder(DatasetSpec dataset, DataFile file)
    {
        string folder = Path.GetFullPath(dataset.Location);
        string path = Path.GetFullPath(Path.Combine(folder, file.Path));
        if (!path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            throw new DataException($"Data set '{dataset.Name}': '{file.Path}' is not below its location '{dataset.Location}'.");
        return File.Exists(path)
            ? path
            : throw new DataException($"Data set '{dataset.Name}': there is no file '{path}' on this worker. Correct dataset.location, or install the data there.");
    }

    private string Fetch(DatasetSpec dataset, DataFile file)
    {
        string cached = Path.Combine(cacheFolder, "files", file.Sha256);
        if (File.Exists(cached)) return cached;
        Directory.CreateDirectory(Path.GetDirectoryName(cached)!);
        var address = new Uri(dataset.Location.TrimEnd('/') + "/" + file.Path);
        string part = $"{cached}.{Guid.NewGuid():N}.part";
        try
        {
            string actual = Download(address, part, dataset.Name);
            if (actual != file.Sha256) throw Mismatch(address.ToString(), file, actual);
            // Two jobs may fetch at once: both have the same bytes, the later rename wins.
            File.Move(part, cached, overwrite: true);
            return cached;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private string Download(Uri address, string part, string dataset)
    {
        if (openAddress is null) throw new DataException($"Data set '{dataset}': {address} is not fetched here. Give a folder as dataset.location.");
        using var source = openAddress(address);
        using var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        int got;
        while ((got = source.Read(buffer)) > 0)
        {
            hash.AppendData(buffer, 0, got);
            target.Write(buffer, 0, got);
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static DataException Mismatch(string place, DataFile file, string actual) => new(
        $"{place}: the file's SHA-256 is {actual}, but the spec declares {file.Sha256}. It is truncated, changed, or another version.");
}
