using System.Security.Cryptography;
using Ptune.Contracts.Specs;
using Ptune.Storage.Files;

namespace Ptune.Learning.Data;

/// <summary>
/// Finds a data set's files in its folder, or fetches them once from its http(s) address into <paramref name="cacheFolder"/>, where
/// uploaded ones are laid by the worker, and gives only bytes whose SHA-256 is the declared one.
/// </summary>
/// <param name="cacheFolder">Where fetched files are kept.</param>
/// <param name="open">Opens an address to read; null where nothing may be fetched.</param>
/// <param name="secrets">What the names in addresses stand for.</param>
internal sealed class DatasetFiles(string cacheFolder, Func<WebFile, Stream>? open, IReadOnlyDictionary<string, string>? secrets = null)
{
    /// <summary>
    /// Opens a file, after its digest has been taken: it is read twice, but never held. It need not fit into memory, and one that is another is refused before anything believes what it says.
    /// </summary>
    /// <exception cref="DataException">The file is missing, is not a file, or is another one.</exception>
    /// <exception cref="IOException">It cannot be read, or its server is away: another attempt may succeed.</exception>
    public RegularFile Open(IDatasetSpec dataset, DataFile file)
    {
        bool isUploaded = dataset.Location == IDatasetSpec.Uploads;
        bool isFetched = DatasetAddress.IsAddress(dataset.Location);
        string path = isUploaded ? FindUploaded(dataset, file) : isFetched ? Fetch(dataset, file) : FindInFolder(dataset, file);
        var content = SourceFile.Open(path);
        try
        {
            string actual = Convert.ToHexStringLower(SHA256.HashData(content));
            if (actual != file.Sha256)
            {
                // A cached file that went bad on the disk would fail every later job: it is fetched anew by the next one.
                if (isFetched || isUploaded) File.Delete(path);
                throw Mismatch(path, file, actual);
            }

            content.Position = 0;
            if (isFetched || isUploaded) Touch(path);
            return content;
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    /// <summary>As <see cref="Open"/>, for readers that open files themselves: where the file lies, after its digest has been taken.</summary>
    public string Find(IDatasetSpec dataset, DataFile file)
    {
        using var content = Open(dataset, file);
        return content.Path;
    }

    // What a full cache keeps goes by it: mounts often do not keep the time of the last use. A link leads into a store.
    private static void Touch(string path)
    {
        try
        {
            if (new FileInfo(path).LinkTarget is null) File.SetLastAccessTimeUtc(path, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just gone, or belongs to another user.
        }
    }

    private static string FindInFolder(IDatasetSpec dataset, DataFile file)
    {
        if (dataset.Location.Contains('\0') || file.Path.Contains('\0'))
            throw new DataException($"Data set '{dataset.Name}': a path contains the character U+0000.");
        string folder = Path.GetFullPath(dataset.Location);
        string path = Path.GetFullPath(Path.Combine(folder, file.Path));
        return path.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new DataException($"Data set '{dataset.Name}': '{file.Path}' is not below its location '{dataset.Location}'.");
    }

    /// <summary>The worker has laid it there before the job began.</summary>
    private string FindUploaded(IDatasetSpec dataset, DataFile file)
    {
        string path = Cached(file);
        return File.Exists(path) ? path : throw new DataException($"Data set '{dataset.Name}': the uploaded file '{file.Path}' ({file.Sha256}) is not on this worker.");
    }

    private string Cached(DataFile file) => Path.Combine(cacheFolder, "files", file.Sha256);

    private string Fetch(IDatasetSpec dataset, DataFile file)
    {
        string cached = Cached(file);
        if (File.Exists(cached)) return cached;
        Directory.CreateDirectory(Path.GetDirectoryName(cached)!);
        var source = SourceOf(dataset, file);
        string part = $"{cached}.{Guid.NewGuid():N}.part";
        try
        {
            string actual = Download(source, part, dataset.Name);
            if (actual != file.Sha256) throw Mismatch(source.Name, file, actual);
            // Two jobs may fetch at once: both have the same bytes, the later rename wins.
            File.Move(part, cached, overwrite: true);
            return cached;
        }
        finally
        {
            File.Delete(part);
        }
    }

    private WebFile SourceOf(IDatasetSpec dataset, DataFile file)
    {
        var address = DatasetAddress.Parse(dataset.Location)
            ?? throw new DataException($"Data set '{dataset.Name}': dataset.location is not a valid http(s) address.");
        if (file.Path.Split('/', '\\').Any(part => part is "" or "." or ".."))
            throw new DataException($"Data set '{dataset.Name}': '{file.Path}' is not below its location '{address.Shown}'.");
        var (uri, credentials) = address.Of(file.Path, Secret);
        return new WebFile(uri, credentials, address.ShownOf(file.Path));

        string Secret(string name) => secrets?.GetValueOrDefault(name) ?? throw new DataException(
            $"Data set '{dataset.Name}': the worker has no secret '{name}' for {address.Shown}. Set PTUNE_Worker__Secrets__{name} where workers run.");
    }

    private string Download(WebFile source, string part, string dataset)
    {
        if (open is null) throw new DataException($"Data set '{dataset}': {source.Name} is not fetched here. Give a folder as dataset.location.");
        using var content = open(source);
        using var target = new FileStream(part, FileMode.CreateNew, FileAccess.Write);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[] buffer = new byte[1 << 16];
        int got;
        while ((got = ReadSome(content, buffer, source, target.Position)) > 0)
        {
            hash.AppendData(buffer, 0, got);
            target.Write(buffer, 0, got);
        }

        target.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static int ReadSome(Stream content, byte[] buffer, WebFile source, long done)
    {
        try
        {
            return content.Read(buffer);
        }
        catch (IOException error)
        {
            throw new IOException($"{source.Name}: the transfer broke off after {done:N0} bytes: {error.Message}", error);
        }
    }

    private static DataException Mismatch(string place, DataFile file, string actual) => new(
        $"{place}: the file's SHA-256 is {actual}, but the spec declares {file.Sha256}. It is truncated, changed, or another version.");
}
