using Ptune.Fixtures;
using Ptune.Learning.Formats;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Models.HuggingFace;

/// <summary>A tiny model as transformers saved it, and what transformers computes on it: tests/fixtures/README.md.</summary>
internal sealed class HfFixture(string name) : IDisposable
{
    /// <summary>Every fixture that is a decoder.</summary>
    public static IReadOnlyList<string> Decoders { get; } =
    [
        "llama-gqa-llama3", "llama-gqa-llama3-v4words", "llama-tied-bf16-sharded", "llama-linear", "llama-dynamic", "llama-yarn", "llama-biases",
        "mistral-sliding", "qwen2-tied", "qwen3-headdim", "gpt2", "gptneox-partial-parallel", "gptneox-sequential",
    ];

    private readonly SafetensorsFile _reference = SafetensorsFile.Open(Path.Combine(FolderOf(name), "reference.safetensors"));

    public string Folder { get; } = FolderOf(name);

    public Tensor this[string tensor] => _reference.Tensor(tensor);

    public bool Has(string tensor) => _reference.Header.Entries.ContainsKey(tensor);

    /// <summary>The language model, in that type, on the CPU.</summary>
    public Decoder Decoder(ScalarType type = ScalarType.Float32) => (Decoder)PretrainedFolder.Open(Folder).LanguageModel(type, CPU);

    public void Dispose() => _reference.Dispose();

    private static string FolderOf(string name) => Repository.PathOf("tests", "fixtures", "hf", name);
}
