using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models;

public sealed class NetworkArtifactTests : IDisposable
{
    private static readonly NetworkConfig _config = new(
        NetworkRole.Model, new VitSpec { Patch = 4, Dim = 8, Depth = 1, Heads = 2 }, new ImageSize(8, 8), ["a \"b\"", "ü", "c"]);

    private readonly TempFolder _folder = new();

    public NetworkArtifactTests()
    {
        using var network = ImageClassifier.Create(_config.Architecture, _config.Input, _config.Labels.Count, CPU, trainable: true);
        network.Parameters.Initialize(3);
        NetworkArtifact.Write(_folder.Path, network, _config, new Dictionary<string, string> { ["format"] = "pt" });
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_Written_GivesTheSameConfigurationAndOutputs()
    {
        var config = NetworkArtifact.ReadConfig(_folder.Path, NetworkRole.Model);
        Assert.Equal((_config.Architecture, _config.Input), (config.Architecture, config.Input));
        Assert.Equal(_config.Labels, config.Labels);
        using var loaded = NetworkArtifact.Load(_folder.Path, config, CPU, trainable: false);
        using var fresh = ImageClassifier.Create(_config.Architecture, _config.Input, _config.Labels.Count, CPU, trainable: true);
        fresh.Parameters.Initialize(3);
        Assert.True(TensorAssert.Same(fresh.Parameters.Values, loaded.Parameters.Values));
    }

    [Fact]
    public void Load_OtherWeights_FailsOnTheGoldenOutputs()
    {
        Rewrite(weights => weights.mul_(1.5f));
        var error = Assert.Throws<MalformedFileException>(Load);
        Assert.EndsWith(NetworkArtifact.GoldenFile, error.File, StringComparison.Ordinal);
        Assert.Contains("was stored with it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WeightsThatAreNoNumbers_FailOnTheGoldenOutputs()
    {
        Rewrite(weights => weights.fill_(float.NaN));
        Assert.Throws<MalformedFileException>(Load);
    }

    [Fact]
    public void Write_NetworkWhoseOutputsAreNotFinite_IsRefused()
    {
        using var network = ImageClassifier.Create(_config.Architecture, _config.Input, _config.Labels.Count, CPU, trainable: true);
        network.Parameters.Values.fill_(3e38f);
        Directory.CreateDirectory(_folder["other"]);
        var error = Assert.Throws<LearningException>(() => NetworkArtifact.Write(_folder["other"], network, _config, new Dictionary<string, string>()));
        Assert.Contains("diverged", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder["other"]));
    }

    /// <summary>Earlier builds wrote them. It is not the file that is damaged.</summary>
    [Fact]
    public void Load_NetworkThatHasDivergedWhenItWasTrained_SaysThat()
    {
        using (var golden = SafetensorsFile.Open(_folder[NetworkArtifact.GoldenFile]))
        {
            using var inputs = golden.Tensor("inputs", 4, 1, 8, 8).clone();
            using var outputs = full([4, 3], float.NaN);
            SafetensorsWriter.Write(_folder["golden"], [TensorBytes.Of("inputs", inputs), TensorBytes.Of("outputs", outputs)]);
        }
        File.Move(_folder["golden"], _folder[NetworkArtifact.GoldenFile], overwrite: true);
        Assert.Contains("the training that made it diverged", Assert.Throws<LearningException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OtherArchitecture_NamesTheParameter()
    {
        var wider = _config with { Architecture = new VitSpec { Patch = 4, Dim = 16, Depth = 1, Heads = 2 } };
        wider.Write(_folder[NetworkConfig.FileName]);
        Assert.Contains("'patches.weight' is [8, 16], not [16, 16]", Assert.Throws<MalformedFileException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_UnknownParameter_IsRefused()
    {
        var deeper = _config with { Architecture = new MlpSpec() };
        deeper.Write(_folder[NetworkConfig.FileName]);
        Assert.Contains("no parameter", Assert.Throws<MalformedFileException>(Load).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(NetworkArtifact.WeightsFile)]
    [InlineData(NetworkArtifact.GoldenFile)]
    [InlineData(NetworkConfig.FileName)]
    public void Load_MissingFile_NamesIt(string file)
    {
        File.Delete(_folder[file]);
        Assert.EndsWith(file, Assert.Throws<MalformedFileException>(Load).File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"role\": model }", "no valid JSON", 12)]
    [InlineData("{}", "no model configuration", 0)]
    [InlineData("""{"model_type":"vit","role":"model","architecture":{"kind":"rnn"},"image_size":[8,8],"id2label":{"0":"a","1":"b"}}""", "", 0)]
    [InlineData("""{"model_type":"vit","role":"model","architecture":{"kind":"vit"},"image_size":[8,0],"id2label":{"0":"a","1":"b"}}""", "image_size", 0)]
    [InlineData("""{"model_type":"vit","role":"model","architecture":{"kind":"vit"},"image_size":[8,8],"id2label":{"0":"a","2":"b"}}""", "no model configuration", 0)]
    public void ReadConfig_Bad_NamesFileAndOffset(string json, string problem, long offset)
    {
        File.WriteAllText(_folder[NetworkConfig.FileName], json);
        var error = Assert.Throws<MalformedFileException>(Load);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Offset, offset, json.Length);
    }

    [Fact]
    public void ReadConfig_OtherRole_IsRefused() =>
        Assert.Contains("holds a model, but a reward", Assert.Throws<LearningException>(() => NetworkArtifact.ReadConfig(_folder.Path, NetworkRole.Reward)).Message, StringComparison.Ordinal);

    private void Load() => NetworkArtifact.Load(_folder.Path, NetworkArtifact.ReadConfig(_folder.Path, NetworkRole.Model), CPU, trainable: false).Dispose();

    private void Rewrite(Action<Tensor> change)
    {
        using var network = NetworkArtifact.Load(_folder.Path, _config, CPU, trainable: false);
        change(network.Parameters.Values);
        SafetensorsWriter.Write(_folder[NetworkArtifact.WeightsFile], network.Parameters.Save());
    }
}
