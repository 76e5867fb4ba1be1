using System.Globalization;
using Ptune.Fixtures;
using Ptune.Storage.Tests.Children;

namespace Ptune.Storage.Tests.Embedded;

public sealed class FullDiskTests : IDisposable
{
    /// <summary>A disk of 8 MB, in a mount namespace that ends with the child: write errors are ENOSPC, the real thing.</summary>
    private const string SmallDisk = "mount -t tmpfs -o size=8m tmpfs \"$1\" || exit 99";

    /// <summary>
    /// No file over 4 MB: write errors are EFBIG, as a quota's are. For that, the signal has to be ignored, and the runtime must not keep its
    /// code in a file of memory.
    /// </summary>
    private const string SmallFiles = "export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 4096";

    private readonly TemporaryFolder _folder = new("full");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task Write_DiskFull_FailsByNameAndKeepsWhatWasSaved()
    {
        Assert.SkipUnless(PrivateMount.IsPossible, "A private mount needs root or user namespaces; the file limit's test covers the same code.");
        return AssertFailsCleanlyAsync(PrivateMount.Prefix + SmallDisk);
    }

    [Fact]
    public Task Write_FileLimitReached_FailsByNameAndKeepsWhatWasSaved() => AssertFailsCleanlyAsync(SmallFiles);

    private async Task AssertFailsCleanlyAsync(string shell)
    {
        await using var child = ChildProcess.Start(ChildRoles.Fill, _folder.Location, shell);
        var facts = (await child.ReadToEndAsync()).ToDictionary(line => line[..line.IndexOf(':', StringComparison.Ordinal)]);
        Assert.StartsWith($"blob: The store in '{_folder.PathOf("blobs")}' cannot be written: ", facts["blob"], StringComparison.Ordinal);
        Assert.Equal("unfinished: 0", facts["unfinished"]);
        Assert.Equal($"blobs: kept/fits={FillingChild.FittingBytes}", facts["blobs"]);
        Assert.StartsWith($"rows: The store in '{_folder.Location}' cannot be written: ", facts["rows"], StringComparison.Ordinal);
        var numbers = facts["acknowledged"].Split(' ').Where(word => char.IsDigit(word[0])).Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(numbers[0] > 0 && numbers[0] == numbers[1], facts["acknowledged"]);
        Assert.Equal("row: fits", facts["row"]);
        Assert.Equal($"kept: {FillingChild.FittingBytes}", facts["kept"]);
    }
}
