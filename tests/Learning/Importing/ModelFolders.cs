using System.Text.Json.Nodes;
using Ptune.Fixtures;
using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Importing;

/// <summary>Folders to import.</summary>
internal static class ModelFolders
{
    /// <summary>A fixture as it was published: without the references beside it.</summary>
    public static string Published(TempFolder temp, string fixture, string name = "published")
    {
        string folder = temp.Folder(name);
        foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "fixtures", "hf", fixture)))
        {
            if (Path.GetFileName(file) is not ("reference.safetensors" or "generation.json")) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
        }

        return folder;
    }

    /// <summary>A model with its tokenizer.</summary>
    /// <param name="padding">Rows of the vocabulary that no token has.</param>
    public static string WithTokenizer(TempFolder temp, string name, int padding = 0)
    {
        string folder = temp.Folder(name);
        foreach (string part in new[] { "model", "tokenizer" })
        {
            foreach (string file in Directory.GetFiles(Repository.PathOf("tests", "fixtures", "data", part))) File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        }

        if (padding > 0) Pad(folder, padding);
        return folder;
    }

    /// <summary>Changes one tensor of a folder's weights.</summary>
    public static void Change(string weights, string tensor, Func<Tensor, Tensor> change) => Rewrite(weights, (name, value) => name == tensor ? change(value) : value);

    private static void Pad(string folder, int padding)
    {
        string path = Path.Combine(folder, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        long rows = config["vocab_size"]!.GetValue<long>();
        config["vocab_size"] = rows + padding;
        File.WriteAllText(path, config.ToJsonString());
        Rewrite(Path.Combine(folder, "model.safetensors"), (_, value) => value.shape[0] == rows ? cat([value, zeros([padding, value.shape[1]], value.dtype)], 0) : value);
    }

    private static void Rewrite(string path, Func<string, Tensor, Tensor> change)
    {
        List<TensorBytes> tensors;
        using (var scope = NewDisposeScope())
        using (var file = SafetensorsFile.Open(path))
        {
            tensors = [.. file.Header.Entries.Keys.Select(name => TensorBytes.Of(name, change(name, file.Tensor(name))))];
        }

        SafetensorsWriter.Write(path, tensors);
    }
}
