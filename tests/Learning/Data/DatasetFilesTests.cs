using System.Security.Cryptography;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;

namespace Ptune.Learning.Tests.Data;

public sealed class DatasetFilesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DatasetSpec _dataset;
    private readonly DatasetFiles _files;
    private int _opened;

    public DatasetFilesTests()
    {
        _dataset = TinyDataset.Create(_folder.Folder("data"));
        _files = new DatasetFiles(_folder["cache"], Open);
    }

    private const string Address = "https://data.example/tiny";

    public void Dispose() => _folder.Dispose();

    private FileStream Open(Uri address)
    {
        _opened++;
        string path = Path.Combine(_dataset.Location, address.Segments[^1]);
        return File.Exists(path) ? File.OpenRead(path) : throw new DataException($"{address} is not there.");
    }

    [Fact]
    public void Read_AnAddressWhereNothingIsFetched_SaysSo()
    {
        var closed = new DatasetFiles(_folder["cache"], openAddress: null);
        var error = Assert.Throws<DataException>(() => closed.Read(_dataset with { Location = Address }, _dataset.Files.TestImages));
        Assert.Contains("not fetched here", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ChangedFile_NamesFileExpectedAndActual()
    {
        var file = _dataset.Files.TrainLabels;
        string path = Path.Combine(_dataset.Location, file.Path);
        byte[] content = File.ReadAllBytes(path);
        content[^1] ^= 1;
        File.WriteAllBytes(path, content);

        var error = Assert.Throws<DataException>(() => _files.Read(_dataset, file));
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Contains(file.Sha256, error.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(content)), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_MissingFile_NamesThePath()
    {
        var missing = _dataset.Files.TrainLabels with { Path = "absent" };
        Assert.Contains(Path.Combine(_dataset.Location, "absent"), Assert.Throws<DataException>(() => _files.Read(_dataset, missing)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/hostname")]
    public void Read_PathOutsideTheLocation_IsRefused(string path)
    {
        var outside = _dataset.Files.TrainLabels with { Path = path };
        Assert.Contains("not below", Assert.Throws<DataException>(() => _files.Read(_dataset, outside)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_FromAnAddress_FetchesOnceAndVerifies()
    {
        var remote = _dataset with { Location = Address };
        var first = _files.Read(remote, remote.Files.TestImages);
        var second = _files.Read(remote, remote.Files.TestImages);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_dataset.Location, remote.Files.TestImages.Path)), first.Content);
        Assert.Equal(first.Content, second.Content);
        Assert.Equal(1, _opened);
    }

    [Fact]
    public void Read_AddressWithAnotherFile_IsRefusedAndNotKept()
    {
        var remote = _dataset with { Location = Address };
        var wrong = remote.Files.TestImages with { Sha256 = new string('0', 64) };
        Assert.Contains(wrong.Sha256, Assert.Throws<DataException>(() => _files.Read(remote, wrong)).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["cache"], "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Read_AddressWithoutTheFile_NamesTheAddress()
    {
        var remote = _dataset with { Location = Address };
        var error = Assert.Throws<DataException>(() => _files.Read(remote, remote.Files.TestImages with { Path = "absent" }));
        Assert.Contains(Address, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CachedFileWentBad_IsReportedAndFetchedAnew()
    {
        var remote = _dataset with { Location = Address };
        string cached = _files.Read(remote, remote.Files.TestLabels).Path;
        File.WriteAllText(cached, "bad");
        Assert.Throws<DataException>(() => _files.Read(remote, remote.Files.TestLabels));
        Assert.NotEmpty(_files.Read(remote, remote.Files.TestLabels).Content);
    }
}
