using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>What a folder's image processor makes of an image.</summary>
public sealed class ImagePreparationTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Of_EveryFilter_GivesPillowsPixels()
    {
        using var file = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("tests", "fixtures", "vision", "resize.json")));
        var sources = file.RootElement.GetProperty("images").EnumerateArray().ToDictionary(image => image.GetProperty("size").ToString(), image => Convert.FromHexString(image.GetProperty("pixels").GetString()!));
        var cases = file.RootElement.GetProperty("cases").EnumerateArray().ToList();
        Assert.Equal(24, cases.Count);
        foreach (var given in cases)
        {
            using var scope = NewDisposeScope();
            var (from, to) = (given.GetProperty("from"), given.GetProperty("to"));
            var image = tensor(sources[from.ToString()], [1, 1, from[0].GetInt32(), from[1].GetInt32()], ScalarType.Byte).to_type(ScalarType.Float32);
            byte[] expected = Convert.FromHexString(given.GetProperty("pixels").GetString()!);

            byte[] actual = ResizedImages.Of(image, to[0].GetInt32(), to[1].GetInt32(), (ResizeFilter)given.GetProperty("filter").GetInt32()).to_type(ScalarType.Byte).data<byte>().ToArray();

            // Pillow computes with 22 bits, so that a tie may fall to the other side.
            Assert.True(expected.Zip(actual, (e, a) => Math.Abs(e - a)).Max() <= 1, given.ToString());
            Assert.True(expected.Zip(actual, (e, a) => e == a ? 0 : 1).Sum() <= expected.Length / 100, given.ToString());
        }
    }

    [Fact]
    public void Apply_FixturesFolder_GivesTransformersPixels()
    {
        string folder = Repository.PathOf("tests", "fixtures", "hf", "vit");
        using var scope = NewDisposeScope();
        using var reference = SafetensorsFile.Open(Path.Combine(folder, "reference.safetensors"));
        var preparation = PreparationWords.Read(new FolderFiles(folder), 16, 3, isClip: false);

        for (int channel = 0; channel < 3; channel++)
        {
            var made = preparation.Apply(reference.Tensor("pixels").narrow(1, channel, 1).to_type(ScalarType.Float32)).narrow(1, channel, 1);
            Assert.True((made - reference.Tensor("pixel_values").narrow(1, channel, 1)).abs().max().item<float>() < 1e-6);
        }
    }

    [Fact]
    public void Apply_ShortestEdgeAndCrop_KeepsTheMiddleAndNormalizesEachChannel()
    {
        var preparation = Read(/*lang=json,strict*/ """{"size": {"shortest_edge": 4}, "crop_size": {"height": 4, "width": 4}, "do_center_crop": true, "resample": 0, "image_mean": [0, 0.5, 1], "image_std": [1, 0.5, 2], "rescale_factor": 0.00392156862745098}""", 4);
        using var scope = NewDisposeScope();
        // Four columns of 255 in the middle of eight.
        var image = zeros(1, 1, 4, 8);
        image.narrow(3, 2, 4).fill_(255);

        var made = preparation.Apply(image);

        Assert.Equal([1, 3, 4, 4], made.shape);
        Assert.Equal([1, 1, 0], Enumerable.Range(0, 3).Select(channel => made[0, channel].mean().item<float>()));
    }

    [Theory]
    [InlineData("""{"size": {"height": 20, "width": 20}}""", "20x20")]
    [InlineData("""{"size": {"longest_edge": 20}}""", "size")]
    [InlineData("""{"resample": 9}""", "resample")]
    [InlineData("""{"image_mean": [0.5]}""", "image_mean")]
    [InlineData("""{"image_std": [0.5, 0, 0.5]}""", "image_std")]
    [InlineData("""{"size": {"height": 99999, "width": 16}}""", "99999")]
    public void Read_WhatCannotBeDone_IsRefused(string words, string named) =>
        Assert.Contains(named, Assert.Throws<ModelRefusedException>(() => Read(words, 16)).Message, StringComparison.Ordinal);

    private ImagePreparation Read(string words, int side)
    {
        File.WriteAllText(_folder["preprocessor_config.json"], words);
        return PreparationWords.Read(new FolderFiles(_folder.Path), side, 3, isClip: false);
    }
}
