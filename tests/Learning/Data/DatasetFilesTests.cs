using System.Security.Cryptography;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Learning.Data;

namespace Ptune.Learning.Tests.Data;

public sealed class DatasetFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ImageDatasetSpec _dataset;
    private readonly DatasetFiles _files;
    private int _opened;
    private WebFile? _asked;

    public DatasetFilesTests()
    {
        _dataset = TinyDataset.Create(_folder.Folder("data"));
        _files = new DatasetFiles(_folder["cache"], Fetch);
    }

    private const string Address = "https://data.example/tiny";

    public void Dispose() => _folder.Dispose();

    private (string Path, byte[] Content) Read(ImageDatasetSpec dataset, DataFile file) => Read(_files, dataset, file);

    private static (string Path, byte[] Content) Read(DatasetFiles files, ImageDatasetSpec dataset, DataFile file)
    {
        using var opened = files.Open(dataset, file);
        byte[] content = new byte[opened.Length];
        opened.ReadExactly(content);
        return (opened.Path, content);
    }

    private FileStream Fetch(WebFile file)
    {
        _opened++;
        _asked = file;
        string path = Path.Combine(_dataset.Location, file.Address.Segments[^1]);
        return File.Exists(path) ? File.OpenRead(path) : throw new DataException($"{file.Name} is not there.");
    }

    [Fact]
    public void Open_AnAddressWhereNothingIsFetched_SaysSo()
    {
        var closed = new DatasetFiles(_folder["cache"], open: null);
        var error = Assert.Throws<DataException>(() => Read(closed, _dataset with { Location = Address }, _dataset.Files.TestImages));
        Assert.Contains("not fetched here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_UploadedFile_IsFoundByItsDigestAndCheckedLikeAnyOther()
    {
        var file = _dataset.Files.TestImages;
        var uploaded = _dataset with { Location = IDatasetSpec.Uploads };
        Assert.Contains(file.Sha256, Assert.Throws<DataException>(() => Read(uploaded, file)).Message, StringComparison.Ordinal);
        string path = Path.Combine(_folder.Folder("cache/files"), file.Sha256);
        File.Copy(Path.Combine(_dataset.Location, file.Path), path);
        var (found, content) = Read(uploaded, file);
        Assert.Equal(path, found);
        Assert.Equal(File.ReadAllBytes(path), content);
        File.AppendAllText(path, "!");
        Assert.Contains("SHA-256", Assert.Throws<DataException>(() => Read(uploaded, file)).Message, StringComparison.Ordinal);
        // The worker lays it there anew.
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Open_ChangedFile_NamesFileExpectedAndActual()
    {
        var file = _dataset.Files.TrainLabels;
        string path = Path.Combine(_dataset.Location, file.Path);
        byte[] content = File.ReadAllBytes(path);
        content[^1] ^= 1;
        File.WriteAllBytes(path, content);

        var error = Assert.Throws<DataException>(() => Read(_dataset, file));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(file.Sha256, error.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(content)), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_LargeFile_HoldsNoneOfIt()
    {
        const int length = 64 << 20;
        string path = Path.Combine(_dataset.Location, "large");
        using (var sparse = File.Create(path)) sparse.SetLength(length);
        var large = new DataFile { Path = "large", Sha256 = Convert.ToHexStringLower(SHA256.HashData(new byte[length])) };
        long before = GC.GetAllocatedBytesForCurrentThread();
        using var opened = _files.Open(_dataset, large);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, length / 64);
        Assert.Equal((0, length), (opened.Position, opened.Length));
    }

    [Fact]
    public void Open_MissingFile_NamesThePath()
    {
        var missing = _dataset.Files.TrainLabels with { Path = "absent" };
        Assert.Contains(Path.Combine(_dataset.Location, "absent"), Assert.Throws<DataException>(() => Read(_dataset, missing)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/hostname")]
    public void Open_PathOutsideTheLocation_IsRefused(string path)
    {
        var outside = _dataset.Files.TrainLabels with { Path = path };
        Assert.Contains("not below", Assert.Throws<DataException>(() => Read(_dataset, outside)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FromAnAddress_FetchesOnceAndVerifies()
    {
        var remote = _dataset with { Location = Address };
        var first = Read(remote, remote.Files.TestImages);
        var second = Read(remote, remote.Files.TestImages);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_dataset.Location, remote.Files.TestImages.Path)), first.Content);
        Assert.Equal(first.Content, second.Content);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Open_AddressWithAnotherFile_IsRefusedAndNotKept()
    {
        var remote = _dataset with { Location = Address };
        var wrong = remote.Files.TestImages with { Sha256 = new string('0', 64) };
        Assert.Contains(wrong.Sha256, Assert.Throws<DataException>(() => Read(remote, wrong)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["cache"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Open_AddressWithoutTheFile_NamesTheAddress()
    {
        var remote = _dataset with { Location = Address };
        var error = Assert.Throws<DataException>(() => Read(remote, remote.Files.TestImages with { Path = "absent" }));
        Assert.Contains(Address, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CachedFileWentBad_IsReportedAndFetchedAnew()
    {
        var remote = _dataset with { Location = Address };
        string cached = Read(remote, remote.Files.TestLabels).Path;
        File.WriteAllText(cached, "bad");
        Assert.Throws<DataException>(() => Read(remote, remote.Files.TestLabels));
        Assert.NotEmpty(Read(remote, remote.Files.TestLabels).Content);
    }

    [Theory]
    [InlineData("pipe", "a named pipe")]
    [InlineData("socket", "a socket")]
    [InlineData("folder", "a directory")]
    [InlineData("zero", "a device")]
    public void Open_SomethingElseThanAFile_IsRefusedWithoutWaiting(string name, string kind)
    {
        using var special = new SpecialFiles(_dataset.Location);
        var error = Assert.Throws<DataException>(() => Read(_dataset, _dataset.Files.TrainLabels with { Path = name }));
        Assert.Contains($"is {kind}, not a regular file", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b", "labels")]
    [InlineData(null, "lab\0els")]
    public void Open_PathWithNul_IsRefused(string? location, string path) => Assert.Contains(
        "U+0000",
        Assert.Throws<DataException>(() => Read(_dataset with { Location = location ?? _dataset.Location }, _dataset.Files.TrainLabels with { Path = path })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Open_AddressWithSecrets_SendsThemAndNamesNone()
    {
        var files = new DatasetFiles(_folder["cache"], Fetch, new Dictionary<string, string> { ["LOGIN"] = "ann:pass word", ["SAS"] = "sv=1&sig=abc%2Fd" });
        var remote = _dataset with { Location = "https://${LOGIN}@data.example/a%20b/?${SAS}" };
        var error = Assert.Throws<DataException>(() => Read(files, remote, remote.Files.TestImages with { Path = "50% #1?.gz" }));
        Assert.Equal("https://data.example/a%20b/50%25%20%231%3F.gz?sv=1&sig=abc%2Fd", _asked!.Address.AbsoluteUri);
        Assert.Equal("ann:pass word", _asked.Credentials);
        foreach (var text in new[] { error.Message, _asked.ToString() })
        {
            Assert.Contains("https://data.example/a%20b/50% #1?.gz?...", text, StringComparison.Ordinal);
            Assert.DoesNotContain("abc", text, StringComparison.Ordinal);
            Assert.DoesNotContain("pass", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Open_AddressWithASecretThatTheWorkerLacks_NamesItsVariable()
    {
        var remote = _dataset with { Location = "https://data.example/tiny?sig=${SIG}" };
        Assert.Contains("PTUNE_Worker__Secrets__SIG", Assert.Throws<DataException>(() => Read(remote, remote.Files.TestImages)).Message, StringComparison.Ordinal);
        Assert.Equal(0, _opened);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("a/./b")]
    public void Open_FileAboveTheAddress_IsRefused(string path)
    {
        var remote = _dataset with { Location = Address };
        Assert.Contains("not below", Assert.Throws<DataException>(() => Read(remote, remote.Files.TestImages with { Path = path })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_EscapedDots_AreANameBelowTheLocation()
    {
        var remote = _dataset with { Location = Address };
        Assert.Throws<DataException>(() => Read(remote, remote.Files.TestImages with { Path = "%2e%2e/x" }));
        Assert.Equal($"{Address}/%252e%252e/x", _asked!.Address.AbsoluteUri);
    }

    [Fact]
    public void Open_TransferThatBreaksOff_MaySucceedLaterAndLeavesNothing()
    {
        var files = new DatasetFiles(_folder["cache"], _ => new BrokenStream());
        var error = Assert.Throws<IOException>(() => Read(files, _dataset with { Location = Address }, _dataset.Files.TestImages));
        Assert.StartsWith($"{Address}/{_dataset.Files.TestImages.Path}: the transfer broke off", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["cache"], "*", SearchOption.AllDirectories));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new IOException("connection reset");
    }
}
