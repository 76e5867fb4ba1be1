using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Formats;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>The <c>config.json</c> and <c>generation_config.json</c> of a model that is pretrained from fresh weights: Hugging Face's libraries load what comes of it.</summary>
internal static class FreshConfig
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, NewLine = "\n" };

    /// <param name="folder">Gets the two files.</param>
    /// <param name="architecture">Family and sizes.</param>
    /// <param name="vocabulary">Entries of the tokenizer.</param>
    /// <param name="end">The id that ends a text.</param>
    public static void Write(string folder, DecoderSpec architecture, int vocabulary, int end)
    {
        var config = Words(architecture);
        config["vocab_size"] = vocabulary;
        config["bos_token_id"] = null;
        config["eos_token_id"] = end;
        config["tie_word_embeddings"] = architecture.Tied;
        config["torch_dtype"] = "float32";
        Write(Path.Combine(folder, PretrainedFolder.ConfigFile), config);
        Write(Path.Combine(folder, GenerationDefaults.FileName), new JsonObject { ["eos_token_id"] = end, ["pad_token_id"] = end });
    }

    private static JsonObject Words(DecoderSpec architecture) => architecture switch
    {
        LlamaSpec llama => Grouped(llama, "llama", "Llama"),
        MistralSpec mistral => Grouped(mistral, "mistral", "Mistral", ("sliding_window", (JsonNode?)mistral.Window)),
        Qwen2Spec qwen => Grouped(qwen, "qwen2", "Qwen2", ("use_sliding_window", false)),
        Qwen3Spec qwen => Grouped(qwen, "qwen3", "Qwen3", ("use_sliding_window", false), ("head_dim", qwen.Width / qwen.Heads)),
        Gpt2Spec gpt2 => new JsonObject
        {
            ["architectures"] = new JsonArray("GPT2LMHeadModel"),
            ["model_type"] = "gpt2",
            ["n_embd"] = gpt2.Width,
            ["n_layer"] = gpt2.Layers,
            ["n_head"] = gpt2.Heads,
            ["n_inner"] = FreshShapes.Inner(gpt2),
            ["n_positions"] = gpt2.Context,
            ["activation_function"] = "gelu_new",
            ["layer_norm_epsilon"] = 1e-5,
        },
        GptNeoXSpec neox => new JsonObject
        {
            ["architectures"] = new JsonArray("GPTNeoXForCausalLM"),
            ["model_type"] = "gpt_neox",
            ["hidden_size"] = neox.Width,
            ["num_hidden_layers"] = neox.Layers,
            ["num_attention_heads"] = neox.Heads,
            ["intermediate_size"] = FreshShapes.Inner(neox),
            ["max_position_embeddings"] = neox.Context,
            ["rotary_pct"] = neox.RotaryShare,
            ["use_parallel_residual"] = true,
            ["hidden_act"] = "gelu",
            ["layer_norm_eps"] = 1e-5,
        },
        _ => throw new LearningException($"This worker cannot make a {architecture.GetType().Name}."),
    };

    private static JsonObject Grouped(GroupedDecoderSpec spec, string type, string name, params ReadOnlySpan<(string Word, JsonNode? Value)> more)
    {
        var config = new JsonObject
        {
            ["architectures"] = new JsonArray($"{name}ForCausalLM"),
            ["model_type"] = type,
            ["hidden_size"] = spec.Width,
            ["num_hidden_layers"] = spec.Layers,
            ["num_attention_heads"] = spec.Heads,
            ["num_key_value_heads"] = spec.KeyValueHeads ?? spec.Heads,
            ["intermediate_size"] = FreshShapes.Inner(spec),
            ["max_position_embeddings"] = spec.Context,
            ["rope_theta"] = spec.RopeTheta,
            ["hidden_act"] = "silu",
            ["rms_norm_eps"] = 1e-6,
        };
        foreach (var (word, value) in more) config[word] = value;
        return config;
    }

    private static void Write(string path, JsonObject words) => AtomicFile.Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(words.ToJsonString(_json) + "\n")));
}
