using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Learning.Formats;
using static TorchSharp.torch;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>A checkpoint's tensors, memory-mapped, from one safetensors file or from the shards that an index names.</summary>
internal sealed class ShardedWeights : IDisposable
{
    public const string SingleFile = "model.safetensors";
    public const string IndexFile = "model.safetensors.index.json";

    // One line for each tensor of the largest models.
    private const long _maxIndexBytes = 100_000_000;
    private const string _pointerStart = "version https://git-lfs";

    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _tensors = new(StringComparer.Ordinal);

    private ShardedWeights()
    {
    }

    /// <summary>The names of all tensors.</summary>
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <summary>The files, in the order of their names.</summary>
    public IReadOnlyList<string> Files => [.. _files.Select(file => file.Path)];

    /// <summary>Opens what the folder holds; only headers are read.</summary>
    /// <param name="weightsFile">The one file to read, where the configuration names one.</param>
    /// <exception cref="LearningException">There are no weights, not all, or a file is damaged.</exception>
    public static ShardedWeights Open(FolderFiles folder, List<string> notes, string? weightsFile = null)
    {
        var weights = new ShardedWeights();
        try
        {
            if (folder.Find(weightsFile ?? SingleFile) is { } single)
            {
                weights.Add(weights.OpenFile(single));
                if (weightsFile is null && folder.Find(IndexFile) is not null)
                    notes.Add($"{SingleFile} is read; {IndexFile} lies beside it and may name other weights. Remove the one that is out of date.");
            }
            else if (weightsFile is null && folder.Find(IndexFile) is { } index)
            {
                weights.OpenShards(folder, index);
            }
            else
            {
                throw Nothing(folder, weightsFile ?? SingleFile);
            }

            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    /// <summary>A folder whose weights are all pickled: no safetensors lie in it.</summary>
    /// <exception cref="ModelRefusedException">It is such a folder.</exception>
    public static void RefusePickled(FolderFiles folder)
    {
        if (Pickled(folder) is { } pickled && folder.Find(IndexFile) is null && !folder.Names.Any(name => name.EndsWith(".safetensors", StringComparison.Ordinal)))
            throw OnlyPickled(folder, pickled, SingleFile);
    }

    /// <summary>Type and shape of a tensor.</summary>
    public TensorEntry Entry(string name) => _tensors[name].Entry(name);

    /// <summary>The digest of a tensor's bytes.</summary>
    public string DigestOf(string name) => _tensors[name].DigestOf(_tensors[name].Entry(name));

    /// <summary>The file that holds a tensor.</summary>
    public string FileOf(string name) => _tensors[name].Path;

    /// <summary>The tensor over the mapping, on the CPU, in its stored type: it must go before this object.</summary>
    public Tensor Tensor(string name) => _tensors[name].Tensor(name);

    public void Dispose()
    {
        foreach (var file in _files) file.Dispose();
    }

    private void Add(SafetensorsFile file)
    {
        foreach (string name in file.Header.Entries.Keys)
        {
            if (!_tensors.TryAdd(name, file))
                throw new ModelRefusedException($"Tensor '{Readable.Text(name)}' stands in {_tensors[name].Path} and in {file.Path}: which one counts cannot be known.");
        }
    }

    private SafetensorsFile OpenFile(string path)
    {
        RefusePointer(path);
        var file = SafetensorsFile.Open(path);
        _files.Add(file);
        return file;
    }

    private void OpenShards(FolderFiles folder, string index)
    {
        var placed = ReadIndex(index);
        foreach (string shard in placed.Values.Distinct().Order(StringComparer.Ordinal))
        {
            string path = folder.Find(shard)
                ?? throw new ModelRefusedException($"{index} names {Readable.Text(shard)}, which is not there. Was a download interrupted?");
            var file = OpenFile(path);
            foreach (string name in file.Header.Entries.Keys)
            {
                if (placed.TryGetValue(name, out string? place) && place != shard)
                    throw new ModelRefusedException($"{path} holds tensor '{Readable.Text(name)}', which {IndexFile} places in {Readable.Text(place)}.");
            }

            Add(file);
        }

        foreach (var (name, shard) in placed)
        {
            if (!_tensors.ContainsKey(name)) throw new ModelRefusedException($"{index} places tensor '{Readable.Text(name)}' in {shard}, which does not hold it.");
        }
    }

    private static Dictionary<string, string> ReadIndex(string index)
    {
        var map = JsonWords.Read(index, [], _maxIndexBytes).Section("weight_map") ?? throw new ModelRefusedException($"{index} has no weight_map, which says where each tensor lies.");
        var placed = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in map.Root.EnumerateObject())
            placed[entry.Name] = entry.Value.ValueKind == JsonValueKind.String ? entry.Value.GetString()! : throw map.Refuse($"weight_map: '{Readable.Text(entry.Name)}' names no file.");
        return placed.Count > 0 ? placed : throw new ModelRefusedException($"{index}: weight_map is empty.");
    }

    private static void RefusePointer(string path)
    {
        using var reader = new StreamReader(StoredFile.Open(path));
        char[] start = new char[_pointerStart.Length];
        if (reader.ReadBlock(start) == start.Length && start.AsSpan().SequenceEqual(_pointerStart))
            throw new ModelRefusedException($"{path} is a Git LFS pointer, not the weights. Run `git lfs pull` in its repository.");
    }

    private static ModelRefusedException Nothing(FolderFiles folder, string lookedFor)
    {
        return Pickled(folder) is { } pickled ? OnlyPickled(folder, pickled, lookedFor) : new($"{folder.Folder} holds no weights: neither {lookedFor} nor {IndexFile}.");
    }

    private static string? Pickled(FolderFiles folder) => folder.Names.FirstOrDefault(PickledFiles.AreWeights);

    private static ModelRefusedException OnlyPickled(FolderFiles folder, string pickled, string lookedFor) => new(
        $"{folder.Folder} holds {Readable.Text(pickled)}, but no {lookedFor}. A pickle runs code when it is read, so it is never opened. Convert it elsewhere: "
        + "load it with transformers and save it with model.save_pretrained(FOLDER), which writes safetensors.");
}
