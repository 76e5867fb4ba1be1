using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Decode.Bench;

/// <summary>A folder with random weights in the shape of SmolLM2-135M: how fast a model is does not depend on what it says.</summary>
internal static class RandomLlama
{
    private const string _config = """
        {
          "architectures": ["LlamaForCausalLM"], "model_type": "llama", "torch_dtype": "TYPE", "hidden_act": "silu",
          "hidden_size": 576, "intermediate_size": 1536, "num_hidden_layers": 30, "num_attention_heads": 9, "num_key_value_heads": 3,
          "vocab_size": 49152, "max_position_embeddings": 8192, "rms_norm_eps": 1e-5, "rope_theta": 100000, "tie_word_embeddings": true
        }
        """;

    public static void Write(string folder, ScalarType type = ScalarType.Float32)
    {
        string config = Path.Combine(Directory.CreateDirectory(folder).FullName, PretrainedFolder.ConfigFile);
        File.WriteAllText(config, _config.Replace("TYPE", ComputeTypes.NameOf(type), StringComparison.Ordinal));
        var words = JsonWords.Read(config, []);
        manual_seed(1);
        ShardWriter.Write(folder, [.. ModelFamilies.Of(words).Read(words).Parameters.Select(parameter => TensorBytes.WhenWritten(
            parameter.Name, TensorType.Of(type), parameter.Shape, () => (parameter.Shape.Length == 1 ? ones(parameter.Shape) : randn(parameter.Shape) * 0.04).to_type(type)))]);
    }
}
