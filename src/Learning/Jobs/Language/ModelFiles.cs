using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>The files of a model that a job makes: a folder that Hugging Face's libraries load.</summary>
internal static class ModelFiles
{
    private static readonly string[] _copied = [".json", ".jinja", ".txt", ".md", ".model"];

    /// <summary>All but the weights: configuration, tokenizer, templates, card.</summary>
    public static void Copy(PretrainedFolder source, string target)
    {
        foreach (string name in source.Files.Names.Where(IsCopied))
        {
            using var file = StoredFile.Open(source.Files.Find(name)!);
            AtomicFile.Write(Path.Combine(target, name), file.CopyTo);
        }
    }

    /// <summary>The architecture that a folder's config.json describes, before there are weights.</summary>
    public static DecoderConfig ReadConfig(string folder)
    {
        var words = ModelConfig.Open(new FolderFiles(folder), []);
        return (DecoderConfig)ModelFamilies.Of(words).Read(words);
    }

    /// <summary>The trained parameters, in what they were computed in, and the configuration's word for that.</summary>
    public static void WriteWeights(string folder, TrainableParameters parameters, ComputeType? type)
    {
        var stored = type == ComputeType.Bfloat16 ? ScalarType.BFloat16 : ScalarType.Float32;
        SafetensorsWriter.Write(
            Path.Combine(folder, ShardedWeights.SingleFile),
            parameters.Gradients().Select(pair => TensorBytes.WhenWritten(pair.Name, TensorType.Of(stored), parameters[pair.Name].shape, () => Rounded(parameters[pair.Name], stored))),
            new Dictionary<string, string> { ["format"] = "pt" });
        ConfigWords.SetType(folder, Word(type));
    }

    /// <summary>The word that a folder's config.json has for what its weights are stored in; null where it has none.</summary>
    public static string? ReadType(string folder)
    {
        var words = ModelConfig.Open(new FolderFiles(folder), []);
        return words.OptionalText("dtype") ?? words.OptionalText("torch_dtype");
    }

    /// <summary>Hugging Face's word.</summary>
    public static string Word(ComputeType? type) => type == ComputeType.Bfloat16 ? "bfloat16" : "float32";

    private static Tensor Rounded(Tensor value, ScalarType type)
    {
        using var _ = no_grad();
        return value.to_type(type);
    }

    private static bool IsCopied(string name) =>
        !name.EndsWith(".index.json", StringComparison.Ordinal) && name is not ("golden.safetensors" or "reference.json") && _copied.Contains(Path.GetExtension(name));
}
