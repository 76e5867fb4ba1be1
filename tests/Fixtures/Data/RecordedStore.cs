using System.Formats.Tar;
using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Ptune.Fixtures.Data;

/// <summary>
/// A store as an earlier revision of the programs wrote it, from tests/fixtures/stores, where README.md says what is in it. Each test gets a copy of its own.
/// </summary>
public sealed class RecordedStore
{
    private static readonly string s_recordings = Repository.PathOf("tests", "fixtures", "stores");

    private readonly string _folder;

    private RecordedStore(string folder) => _folder = folder;

    /// <summary>The store's own folder.</summary>
    public string Location => Path.Combine(_folder, "store");

    /// <summary>What the revision that wrote the store answered about it.</summary>
    public static JsonObject Answers { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(s_recordings, "f11f5e3.json")))!.AsObject();

    /// <summary>The store of the first version: schema 1, four jobs without work and a small model.</summary>
    public static RecordedStore First(string folder) => Unpack("996794e", folder);

    /// <summary>A store of schema 5: a study, a sweep, and jobs that are not finished, with the data set that they read.</summary>
    public static RecordedStore WithStudy(string folder) => Unpack("f11f5e3", folder);

    /// <summary>A spec that the store has the results of.</summary>
    /// <param name="name">study or sweep.</param>
    public string Spec(string name) =>
        File.ReadAllText(Path.Combine(s_recordings, $"{name}.yaml")).Replace("location: data", $"location: {Path.Combine(_folder, "data")}", StringComparison.Ordinal);

    private static RecordedStore Unpack(string revision, string folder)
    {
        Directory.CreateDirectory(folder);
        using var file = File.OpenRead(Path.Combine(s_recordings, $"{revision}.tar.gz"));
        using var tar = new GZipStream(file, CompressionMode.Decompress);
        TarFile.ExtractToDirectory(tar, folder, overwriteFiles: false);
        return new RecordedStore(folder);
    }
}
