using Ptune.Fixtures;
using Ptune.Learning.Models.HuggingFace;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>A folder whose weights are pickled is refused for that, whatever else is wrong with it.</summary>
public sealed class PickledWeightsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("{}")]
    [InlineData("{ \"model_type\": \"llama\" }")]
    [InlineData("{ \"model_type\": \"lama\", ")]
    public void Open_OfABadConfigurationToo_NamesThePickleFirst(string config)
    {
        Write("config.json", config);
        Write("optimizer.pt");
        Write("pytorch_model-00001-of-00002.bin");

        string message = Refusal();

        Assert.Contains("holds pytorch_model-00001-of-00002.bin, but no model.safetensors. A pickle runs code", message, StringComparison.Ordinal);
        Assert.Contains("model.save_pretrained(FOLDER)", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.safetensors")]
    [InlineData("other.safetensors")]
    [InlineData("model.safetensors.index.json")]
    public void Open_WithSafetensorsBesideThePickle_NamesWhatIsWrong(string weights)
    {
        Write("config.json", "{ \"model_type\": \"llama\" }");
        Write("pytorch_model.bin");
        Write(weights);

        Assert.Contains("hidden_size is missing", Refusal(), StringComparison.Ordinal);
    }

    /// <summary>An optimizer's state is no model: to convert it would bring nothing.</summary>
    [Theory]
    [InlineData("optimizer.pt")]
    [InlineData("scheduler.pt")]
    [InlineData("rng_state_0.pth")]
    [InlineData("training_args.bin")]
    public void Open_OfWhatATrainingLeftAlone_SaysThatThereAreNoWeights(string file)
    {
        File.Copy(Repository.PathOf("tests", "fixtures", "hf", "llama-gqa-llama3", "config.json"), _folder["config.json"]);
        Write(file);

        Assert.Contains("holds no weights: neither model.safetensors nor model.safetensors.index.json", Refusal(), StringComparison.Ordinal);
    }

    private string Refusal() => Assert.ThrowsAny<LearningException>(() => PretrainedFolder.Open(_folder.Path)).Message;

    private void Write(string name, string text = "") => File.WriteAllText(_folder[name], text);
}
