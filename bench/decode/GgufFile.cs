using System.Text;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Decode.Bench;

/// <summary>
/// Writes a Llama's weights in f32 as llama.cpp reads them (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md): key and value pairs, then each
/// tensor's name, dimensions from the inner one out, type and place, then the numbers. It has no tokenizer.
/// </summary>
internal static class GgufFile
{
    private const int _alignment = 32;
    private const uint _float32 = 0;

    // Of a value: 32-bit unsigned, 32-bit float, text.
    private const uint _whole = 4, _number = 6, _text = 8;

    private static readonly (string Theirs, string Ours, bool Turned)[] _block =
    [
        ("attn_norm", "input_layernorm", false), ("attn_q", "self_attn.q_proj", true), ("attn_k", "self_attn.k_proj", true), ("attn_v", "self_attn.v_proj", false),
        ("attn_output", "self_attn.o_proj", false), ("ffn_norm", "post_attention_layernorm", false), ("ffn_gate", "mlp.gate_proj", false), ("ffn_up", "mlp.up_proj", false), ("ffn_down", "mlp.down_proj", false),
    ];

    public static void Write(string path, PretrainedFolder folder)
    {
        var config = folder.Config is DecoderConfig { ModelType: "llama", QkvBias: false, OutputBias: false } llama ? llama : throw new ArgumentException("A Llama without biases is needed.", nameof(folder));
        var tensors = Tensors(config).ToList();
        using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        writer.Write("GGUF"u8);
        writer.Write(3u);
        writer.Write((ulong)tensors.Count);
        WriteFacts(writer, config, folder);
        ulong place = 0;
        foreach (var (name, parameter, _) in tensors)
        {
            var shape = folder.Weights.Entry(folder.Keys[parameter]).Shape;
            WriteText(writer, name);
            writer.Write((uint)shape.Length);
            foreach (long dimension in shape.Reverse()) writer.Write((ulong)dimension);
            writer.Write(_float32);
            writer.Write(place);
            place += Padded((ulong)shape.Aggregate(4L, (product, dimension) => product * dimension));
        }

        Pad(writer);
        foreach (var (_, parameter, heads) in tensors)
        {
            using var scope = NewDisposeScope();
            var values = folder.Weights.Tensor(folder.Keys[parameter]).to_type(ScalarType.Float32);
            writer.Write(Turned(values, heads).contiguous().bytes);
            Pad(writer);
        }
    }

    private static IEnumerable<(string Name, string Parameter, long? Heads)> Tensors(DecoderConfig config)
    {
        yield return ("token_embd.weight", $"{config.Names.Embedding}.weight", null);
        yield return ("output_norm.weight", $"{config.Names.FinalNorm}.weight", null);
        if (!config.Tied) yield return ("output.weight", $"{config.Names.Head}.weight", null);
        for (int layer = 0; layer < config.Layers; layer++)
        {
            foreach (var (theirs, ours, turned) in _block)
                yield return ($"blk.{layer}.{theirs}.weight", $"{config.Names.Block}.{layer}.{ours}.weight", turned ? theirs == "attn_q" ? config.Heads : config.KeyHeads : null);
        }
    }

    // llama.cpp turns neighbouring numbers of a head, Hugging Face's code those half a head apart.
    private static Tensor Turned(Tensor weight, long? heads) => heads is not { } count ? weight
        : weight.view(count, 2, weight.shape[0] / count / 2, weight.shape[1]).transpose(1, 2).reshape(weight.shape);

    private static void WriteFacts(BinaryWriter writer, DecoderConfig config, PretrainedFolder folder)
    {
        double theta = JsonWords.Read(folder.Files.Find(PretrainedFolder.ConfigFile)!, []).Number("rope_theta", 10000);
        var whole = new (string Name, long Value)[]
        {
            ("llama.context_length", config.Context), ("llama.embedding_length", config.Width), ("llama.block_count", config.Layers), ("llama.feed_forward_length", config.Inner),
            ("llama.attention.head_count", config.Heads), ("llama.attention.head_count_kv", config.KeyHeads), ("llama.rope.dimension_count", config.HeadWidth), ("llama.vocab_size", config.Vocabulary),
            ("general.alignment", _alignment),
        };
        var numbers = new (string Name, double Value)[] { ("llama.attention.layer_norm_rms_epsilon", config.Epsilon), ("llama.rope.freq_base", theta) };
        var texts = new (string Name, string Value)[] { ("general.architecture", "llama"), ("general.name", "bench"), ("tokenizer.ggml.model", "no_vocab") };
        writer.Write((ulong)(whole.Length + numbers.Length + texts.Length));
        foreach (var (name, value) in texts)
        {
            WriteText(writer, name);
            writer.Write(_text);
            WriteText(writer, value);
        }

        foreach (var (name, value) in whole)
        {
            WriteText(writer, name);
            writer.Write(_whole);
            writer.Write((uint)value);
        }

        foreach (var (name, value) in numbers)
        {
            WriteText(writer, name);
            writer.Write(_number);
            writer.Write((float)value);
        }
    }

    private static void WriteText(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ulong)bytes.Length);
        writer.Write(bytes);
    }

    private static ulong Padded(ulong bytes) => (bytes + _alignment - 1) / _alignment * _alignment;

    private static void Pad(BinaryWriter writer)
    {
        writer.Flush();
        long at = writer.BaseStream.Position;
        writer.Write(new byte[Padded((ulong)at) - (ulong)at]);
    }
}
