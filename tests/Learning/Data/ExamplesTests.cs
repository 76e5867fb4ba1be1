using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Data;

public sealed class ExamplesTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ImageDatasetSpec _dataset;
    private readonly DatasetFiles _files;

    public ExamplesTests()
    {
        _dataset = TinyDataset.Create(_folder.Folder("data"));
        _files = new DatasetFiles(_folder["cache"], open: null);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TestSplit_IsTheTestFile()
    {
        var examples = Examples.Read(TinyDataset.Data(_dataset, Split.Test), _files);
        Assert.Equal(TinyDataset.Images(TinyDataset.TestRows, 2), examples.Pixels);
        Assert.Equal(TinyDataset.LabelBytes(TinyDataset.TestRows).Select(l => (long)l), examples.Labels);
    }

    [Fact]
    public void Read_Shifted_LooksTheSameWhateverElseIsRead()
    {
        var shift = new ShiftSpec { Size = 4 };
        var few = Examples.Read(TinyDataset.Data(_dataset, Split.Tuning, 3, shift), _files);
        var all = Examples.Read(TinyDataset.Data(_dataset, Split.Tuning, null, shift), _files);
        Assert.Equal(few.Pixels, all.Pixels[..few.Pixels.Length]);
        Assert.NotEqual(Examples.Read(TinyDataset.Data(_dataset, Split.Tuning, 3), _files).Pixels, few.Pixels);
    }

    [Fact]
    public void Read_LabelBeyondTheNames_NamesFileAndOffset()
    {
        byte[] labels = TinyDataset.LabelBytes(TinyDataset.TestRows);
        labels[17] = 3;
        var file = TinyDataset.Write(_dataset.Location, "bad-labels", labels, [TinyDataset.TestRows]);
        var dataset = _dataset with { Files = _dataset.Files with { TestLabels = file } };
        var error = Assert.Throws<MalformedFileException>(() => Examples.Read(TinyDataset.Data(dataset, Split.Test), _files));
        Assert.Equal(8 + 17, error.Offset);
        Assert.Contains("bad-labels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_OtherNumberOfLabelsThanImages_IsRefused()
    {
        var file = TinyDataset.Write(_dataset.Location, "short-labels", TinyDataset.LabelBytes(39), [39]);
        var dataset = _dataset with { Files = _dataset.Files with { TestLabels = file } };
        var error = Assert.Throws<DataException>(() => Examples.Read(TinyDataset.Data(dataset, Split.Test), _files));
        Assert.Contains("40 images", error.Message, StringComparison.Ordinal);
        Assert.Contains("39 labels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Fingerprint_OtherFolderSameFiles_IsTheSame()
    {
        var data = TinyDataset.Data(_dataset, Split.Test);
        string moved = _folder.Folder("moved");
        foreach (string file in Directory.GetFiles(_dataset.Location)) File.Copy(file, Path.Combine(moved, Path.GetFileName(file)));
        var elsewhere = data with { Dataset = _dataset with { Location = moved, Name = "other" } };
        Assert.Equal(Examples.Read(data, _files).Fingerprint, Examples.Read(elsewhere, _files).Fingerprint);
        Assert.NotEqual(Examples.Read(data, _files).Fingerprint, Examples.Read(data with { Count = 3 }, _files).Fingerprint);
    }

    [Fact]
    public void Images_OfBytes_AreBetweenMinusOneAndOne()
    {
        var examples = new Examples(new ImageSize(1, 3), [0, 51, 255], [0], ["a", "b"], "", new Dictionary<Split, string>());
        using var tensors = new ExampleTensors(examples, CPU);
        using var scope = NewDisposeScope();
        var images = tensors.Images(0, 1);
        Assert.Equal([1, 1, 1, 3], images.shape);
        Assert.Equal([-1f, -0.6f, 1f], images.data<float>().ToArray());
    }
}
