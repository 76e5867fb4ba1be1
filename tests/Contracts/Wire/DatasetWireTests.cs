using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Tests.Wire;

/// <summary>Servers and workers of two versions talk to each other while a cluster is upgraded.</summary>
public sealed class DatasetWireTests : IDisposable
{
    // What a server sent before there were kinds of data sets.
    private const string Earlier =
        "3001FE3191332B7074756E652E507265747261696E696E6753706563E840117074756E652F763141096D696E6521E8400F64656661756C740122030115C101C101C101C501E0" +
        "E8E8E8E820E820E8400364410B2F6865726521E820E8400361418130303030303030303030303030303030303030303030303030303030303030303030303030303030303030" +
        "303030303030303030303030303030303030303030E0C123C123C123E0210005C125400362E0E021E8004A3F0104350C01027D0182BBE0090301C101C101E03101537A2D311B" +
        "7074756E652E4D6C7053706563E8E8E80002080109E021E8007901020281FCA9F1D24D62403F817B14AE47E17A843F090301819A9999999999A93F014206E00105E0";

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Serializer => _services.GetRequiredService<Serializer>();

    public void Dispose() => _services.Dispose();

    [Fact]
    public void Deserialize_EarlierVersionsBytes_AreImages()
    {
        var job = Serializer.Deserialize<JobSpec>(Convert.FromHexString(Earlier));

        var dataset = Assert.IsType<ImageDatasetSpec>(Assert.IsType<PretrainingSpec>(job).Data.Dataset);
        Assert.Equal(("d", "/here", new string('0', 64)), (dataset.Name, dataset.Location, dataset.Files.TestLabels.Sha256));
        Assert.Equal(["a", "b"], dataset.Labels);
    }

    [Fact]
    public void Serialize_Texts_RoundTrip()
    {
        var data = new DataSpec
        {
            Dataset = new TextDatasetSpec { Name = "t", Location = "/there", Files = [new DataFile { Path = "a.jsonl", Sha256 = new string('1', 64) }], Format = TextFormat.Messages },
            Split = Split.Tuning,
            MaxTokens = 7,
        };

        var read = Serializer.Deserialize<DataSpec>(Serializer.SerializeToArray(data));

        var dataset = Assert.IsType<TextDatasetSpec>(read!.Dataset);
        Assert.Equal(("/there", TextFormat.Messages, "a.jsonl", 7), (dataset.Location, dataset.Format, dataset.Files[0].Path, read.MaxTokens));
    }
}
