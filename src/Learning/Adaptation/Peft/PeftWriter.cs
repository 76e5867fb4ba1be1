using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Learning.Formats;
using Ptune.Learning.Models;

namespace Ptune.Learning.Adaptation.Peft;

/// <summary>Writes an adapter as a folder that PEFT loads. Modules are named one by one, so that it depends on no rule of any version.</summary>
internal static class PeftWriter
{
    private static readonly JsonSerializerOptions _json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="folder">Must not exist, or be empty.</param>
    /// <param name="adapter">Low-rank deltas and saved modules, or a soft prompt.</param>
    /// <param name="network">The base.</param>
    /// <param name="settings">Of the deltas; null for a soft prompt.</param>
    /// <param name="baseName">What the base is called.</param>
    /// <exception cref="AdapterRefusedException">The folder is not empty, or PEFT has no such adapter.</exception>
    public static void Write(string folder, Adapter adapter, Network network, LoraSettings? settings, string? baseName)
    {
        OutputFolder.RefuseUsed(folder);
        var config = settings is null ? Prompt(adapter, network) : Lora(adapter, network, settings);
        config["base_model_name_or_path"] = baseName;
        config["inference_mode"] = true;
        string prefix = settings is null ? "" : PeftFolder.Prefix;
        OutputFolder.Fill(folder, PeftFolder.ConfigFile, inside =>
        {
            SafetensorsWriter.Write(
                Path.Combine(inside, PeftFolder.WeightsFile),
                adapter.Parameters.Gradients().Select(pair => TensorBytes.Of(prefix + pair.Name, adapter.Parameters[pair.Name])),
                new Dictionary<string, string> { ["format"] = "pt" });
            AtomicFile.Write(Path.Combine(inside, PeftFolder.ConfigFile), stream => JsonSerializer.Serialize(stream, config, _json));
        });
    }

    private static JsonObject Lora(Adapter adapter, Network network, LoraSettings settings)
    {
        var layout = adapter.Layout!;
        if (layout.Lora.Count == 0) throw new AdapterRefusedException("PEFT has no format for this kind of adapter; only low-rank deltas and soft prompts can be written.");
        var saved = layout.Parts.Where(part => part.Parameter is not null).Select(part => part.Key[..part.Key.LastIndexOf('.')]).Distinct();
        return new JsonObject
        {
            ["peft_type"] = PeftConfigReader.Lora,
            ["task_type"] = network switch { CausalLanguageModel => "CAUSAL_LM", TextClassifier => "SEQ_CLS", _ => null },
            ["r"] = settings.Rank,
            ["lora_alpha"] = Number(settings.Alpha),
            ["use_rslora"] = settings.RankStabilized,
            ["lora_dropout"] = settings.Dropout,
            ["target_modules"] = new JsonArray([.. layout.Lora.Select(module => (JsonNode)module.Name)]),
            ["rank_pattern"] = Patterns(layout.Lora.Where(module => module.Rank != settings.Rank), module => module.Rank),
            ["alpha_pattern"] = Patterns(layout.Lora.Where(module => module.Alpha != settings.Alpha), module => Number(module.Alpha)),
            ["modules_to_save"] = saved.Any() ? new JsonArray([.. saved.Select(name => (JsonNode)name)]) : null,
            ["bias"] = "none",
            ["fan_in_fan_out"] = network.Linears.Values.Any(layer => layer.IsTransposed && layout.Adapted.Contains(layer.Name)),
            ["init_lora_weights"] = true,
        };
    }

    private static JsonObject Prompt(Adapter adapter, Network network)
    {
        if (adapter.Prompt is not { } prompt || network is not CausalLanguageModel model) throw new AdapterRefusedException("There is neither a low-rank delta nor a soft prompt to write.");
        return new JsonObject
        {
            ["peft_type"] = PeftConfigReader.Prompt,
            ["task_type"] = "CAUSAL_LM",
            ["num_virtual_tokens"] = prompt.Length,
            ["token_dim"] = model.Width,
            ["num_transformer_submodules"] = 1,
            ["prompt_tuning_init"] = "RANDOM",
        };
    }

    // Names, not expressions that match them: older versions of PEFT match an expression only behind a point, and look a whole name up literally.
    private static JsonObject Patterns(IEnumerable<LoraModule> modules, Func<LoraModule, JsonNode> value) =>
        new(modules.Select(module => KeyValuePair.Create(module.Name, (JsonNode?)value(module))));

    // 16, not 16.0: PEFT types alpha as a whole number, and most are.
    private static JsonNode Number(double value) => value == Math.Floor(value) && Math.Abs(value) < long.MaxValue ? (JsonNode)(long)value : value;
}
