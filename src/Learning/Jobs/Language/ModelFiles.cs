using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;
using Ptune.Learning.Importing;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs.Language;

/// <summary>The files of a model that a job makes: a folder that Hugging Face's libraries load.</summary>
internal static class ModelFiles
{
    /// <summary>All but the weights: configuration, tokenizer, templates, card.</summary>
    public static void Copy(PretrainedFolder source, string target) =>
        KeptFiles.Copy(source.Files, CompanionFiles.In(source.Files).Append(PretrainedFolder.ConfigFile), target, CancellationToken.None);

    /// <summary>Checks a model that was made as one that is imported would be, and adds its golden outputs.</summary>
    public static (ArtifactKind Kind, SortedDictionary<string, string> Attributes, SortedDictionary<string, double> Metrics) Finish(string folder)
    {
        var made = FolderImport.Run(new ModelImportOptions { Folder = folder, Target = folder });
        return (ArtifactKind.Model, ModelAttributes.Of(made.Facts), ModelAttributes.Metrics(made.Facts));
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
        ConfigWords.SetStored(folder, Word(type));
    }

    /// <summary>Hugging Face's word.</summary>
    public static string Word(ComputeType? type) => type == ComputeType.Bfloat16 ? "bfloat16" : "float32";

    private static Tensor Rounded(Tensor value, ScalarType type)
    {
        using var _ = no_grad();
        return value.to_type(type);
    }
}
