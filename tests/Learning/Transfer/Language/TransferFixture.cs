using System.Text.Json.Nodes;
using Ptune.Fixtures;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Tuning.Courses;
using Ptune.Learning.Transfer.Language;
using Ptune.Learning.Tuning.Objectives;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Transfer.Language;

/// <summary>tests/fixtures/transfer: what PyTorch computes for carried rewards, on the models of tests/fixtures/training.</summary>
internal sealed class TransferFixture : IDisposable
{
    /// <summary>Tokens of the source and of the rewards.</summary>
    public const int Tokens = 96;

    private readonly SafetensorsFile _reference = SafetensorsFile.Open(Path("reference.safetensors"));
    private readonly List<IDisposable> _open = [];

    public static JsonNode Facts { get; } = JsonNode.Parse(File.ReadAllText(Path("transfer.json")))!;

    /// <summary>[3, 20], the second row padded on the left.</summary>
    public TokenBatch Batch => new(_reference.Tensor("input_ids"), _reference.Tensor("input_ids"), SequenceLayout.Padded(_reference.Tensor("attention_mask")));

    /// <summary>[3, 20] bool: where tokens are.</summary>
    public Tensor Real => _reference.Tensor("attention_mask").to_type(ScalarType.Bool);

    public Tensor Expected(string name) => _reference.Tensor(name);

    public static TokenSpace Space(string name, long rows) => TokenSpace.Of(name, rows, Enumerable.Range(0, Tokens).Select(id => KeyValuePair.Create($"t{id}", (long)id)), substitute: 0);

    /// <summary>A network by the names of transfer.json.</summary>
    public LanguageNetwork Network(string name) => new(name switch
    {
        "target" => Keep(Folder("transfer/target-gpt2")),
        "target-padded" => Keep(Folder("transfer/target-llama-padded")),
        "source" => Keep(Folder("training/source")),
        "tuned" => Trained("full"),
        "reward" => Trained("reward-full"),
        "reward-lora" => WithDeltas("reward-lora"),
        "zero-head" => ZeroHead(),
        _ => throw new ArgumentException(name),
    });

    public CarriedNetwork Carry(string name, double factor, TokenSpace target) => new(Network(name), factor, Keep(TokenContract.Of(target, Space("the reward", Tokens), CPU)));

    public T Keep<T>(T thing) where T : IDisposable
    {
        _open.Add(thing);
        return thing;
    }

    public void Dispose()
    {
        foreach (var thing in Enumerable.Reverse(_open)) thing.Dispose();
        _reference.Dispose();
    }

    private static string Path(string name) => Repository.PathOf("tests", "fixtures", "transfer", name);

    private static CausalLanguageModel Folder(string name) => Course.Frozen(name);

    private Decoder Trained(string course)
    {
        using var folder = Course.Folder("training/source");
        using var file = SafetensorsFile.Open(Course.PathOf($"training/{course}.safetensors"));
        var parameters = FullWeights.Of(folder, CPU);
        parameters.CopyFrom(name => file.Tensor($"end.{name}"));
        return Keep(new Decoder((DecoderConfig)folder.Config, parameters));
    }

    private Decoder ZeroHead()
    {
        using var folder = Course.Folder("training/source");
        var parameters = FullWeights.Of(folder, CPU);
        parameters.Zero("lm_head.");
        return Keep(new Decoder((DecoderConfig)folder.Config, parameters));
    }

    private CausalLanguageModel WithDeltas(string course)
    {
        var model = Keep(Folder("training/source"));
        using var file = SafetensorsFile.Open(Course.PathOf($"training/{course}.safetensors"));
        var settings = new LoraSettings { Targets = new LoraTargets(ModulePattern.Ends(["q_proj", "v_proj"])), Rank = 4, Alpha = 8 };
        Keep(Adapter.Of(new AdapterLayout(model).AddLora(settings), part => file.Tensor($"end.{PeftFolder.Prefix}{part.Key}"), CPU, trainable: false));
        return model;
    }
}
