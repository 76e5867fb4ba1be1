using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using Ptune.Silo.Admission;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Admission;

public sealed class DatasetCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CheckAsync_WholeDataset_HasNoProblems() => Assert.Empty(await CheckAsync(new IdxDataset(_folder.Location)));

    [Fact]
    public async Task CheckAsync_NoFolder_NamesThePlaceInTheSpec()
    {
        var data = new IdxDataset(_folder.Subfolder("gone"));
        Directory.Delete(data.Folder, recursive: true);
        var problem = Assert.Single(await CheckAsync(data));
        Assert.Equal("data.dataset.location", problem.Path);
        Assert.Contains(data.Folder, problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Line > 0);
    }

    [Fact]
    public async Task CheckAsync_ManyMistakes_ReportsAllAtOnce()
    {
        var data = new IdxDataset(_folder.Location) { Names = ["cat"], Pretraining = 80 };
        File.Delete(data.PathOf("test-images"));
        File.AppendAllText(data.PathOf("test-labels"), "x");
        var problems = await CheckAsync(data);
        Assert.Equal(
            ["data.dataset.files.testImages.path", "data.dataset.files.testLabels.path", "data.dataset.labels", "data.splits"],
            problems.Select(p => p.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_OtherFile_ShowsItsDigest()
    {
        var data = new IdxDataset(_folder.Location);
        var declared = data.Digests["train-images"];
        data.Write("train-images", [.. IdxDataset.Images(20)[..^1], 7]);
        var found = data.Digests["train-images"];
        data.Digests["train-images"] = declared;
        var problem = Assert.Single(await CheckAsync(data));
        Assert.Equal("data.dataset.files.trainImages.sha256", problem.Path);
        Assert.Contains(found, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckAsync_FileChangedSince_IsReadAgain()
    {
        var data = new IdxDataset(_folder.Location);
        using var check = new DatasetCheck();
        Assert.Empty(await CheckAsync(data, check));
        await File.AppendAllTextAsync(data.PathOf("train-labels"), "x");
        Assert.Single(await CheckAsync(data, check));
    }

    /// <summary>Nobody ever writes to the pipe: whoever opens it as a file is opened waits for good, and so does the request.</summary>
    [Theory]
    [InlineData("pipe", "a named pipe")]
    [InlineData("socket", "a socket")]
    [InlineData("folder", "a directory")]
    [InlineData("zero", "a device")]
    public async Task CheckAsync_SomethingElseThanAFile_IsReportedAtOnceHoweverMany(string name, string kind)
    {
        var data = new IdxDataset(_folder.Location);
        using var special = new SpecialFiles(data.Folder);
        File.Move(data.PathOf("train-labels"), data.PathOf("train-labels") + ".file");
        File.CreateSymbolicLink(data.PathOf("train-labels"), Path.Combine(data.Folder, name));
        using var check = new DatasetCheck();
        foreach (var problems in await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => CheckAsync(data, check))))
        {
            var problem = Assert.Single(problems);
            Assert.Equal("data.dataset.files.trainLabels.path", problem.Path);
            Assert.Contains($"is {kind}, not a regular file", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task CheckAsync_PathWithNul_IsAProblemAndNoException()
    {
        var data = new IdxDataset(_folder.Location);
        var reading = SpecReader.Read(Specs.Pretraining(data, "default"));
        var spec = (Contracts.Specs.PretrainingSpec)reading.Spec!;
        var dataset = (Contracts.Specs.ImageDatasetSpec)spec.Data.Dataset;
        foreach (var (location, file) in new[] { ("/a\0b", dataset.Files.TestLabels.Path), (dataset.Location, "a\0b") })
        {
            var given = dataset with { Location = location, Files = dataset.Files with { TestLabels = dataset.Files.TestLabels with { Path = file } } };
            var with = spec with { Data = spec.Data with { Dataset = given } };
            Assert.Single(await new DatasetCheck().CheckAsync(with, SpecData.Of(with)!.Value, reading.Positions, CancellationToken.None));
        }
    }

    [Theory]
    [InlineData(3, "labels are named")]
    [InlineData(1, "needs 2 names")]
    public async Task CheckAsync_LabelsDoNotFit_SaysHowMany(int names, string expected)
    {
        var data = new IdxDataset(_folder.Location) { Names = [.. Enumerable.Range(0, names).Select(i => $"label{i}")] };
        Assert.Contains(await CheckAsync(data), p => p.Path == "data.dataset.labels" && p.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public async Task CheckAsync_ImagesWithoutTheirLabels_AreReported()
    {
        var data = new IdxDataset(_folder.Location);
        data.Write("train-labels", IdxDataset.Labels(19));
        Assert.Equal("data.dataset.files.trainLabels.path", Assert.Single(await CheckAsync(data)).Path);
    }

    [Fact]
    public async Task CheckAsync_TestImagesOfAnotherSize_AreReported()
    {
        var data = new IdxDataset(_folder.Location);
        data.Write("test-images", IdxDataset.Images(6, side: 5));
        Assert.Equal("data.dataset.files.testImages.path", Assert.Single(await CheckAsync(data)).Path);
    }

    [Theory]
    [InlineData(6, 0)]
    [InlineData(7, 1)]
    public async Task CheckAsync_MoreTestExamplesThanThereAre_IsReported(int count, int problems)
    {
        var data = new IdxDataset(_folder.Location);
        var reading = SpecReader.Read($"apiVersion: ptune/v1\nkind: Scoring\nsubject: a@v1\ndata: {{ {data.Yaml}, split: test, count: {count} }}\n");
        var found = await new DatasetCheck().CheckAsync(reading.Spec!, SpecData.Of(reading.Spec!)!.Value, reading.Positions, CancellationToken.None);
        Assert.Equal(problems, found.Count);
        Assert.All(found, problem => Assert.Equal(("data.count", 4), (problem.Path, problem.Line)));
    }

    /// <summary>Labels of one name only are refused by the reader before: the file is read here as if it had not.</summary>
    private static async Task<IReadOnlyList<SpecProblem>> CheckAsync(IdxDataset data, DatasetCheck? check = null)
    {
        var reading = SpecReader.Read(Specs.Pretraining(data, "default").Replace("labels: [cat]", "labels: [cat, cat2]", StringComparison.Ordinal).Replace("labels: [label0]", "labels: [label0, label1]", StringComparison.Ordinal));
        Assert.Empty(reading.Problems);
        var spec = (Contracts.Specs.PretrainingSpec)reading.Spec!;
        spec = spec with { Data = spec.Data with { Dataset = ((Contracts.Specs.ImageDatasetSpec)spec.Data.Dataset) with { Labels = data.Names } } };
        return await (check ?? new DatasetCheck()).CheckAsync(spec, SpecData.Of(spec)!.Value, reading.Positions, CancellationToken.None);
    }
}
