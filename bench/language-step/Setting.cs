using Ptune.Learning.Adaptation;
using Ptune.Learning.Models;
using Ptune.Learning.Models.Language;

namespace Ptune.LanguageStep.Bench;

/// <summary>A model and what is trained of it.</summary>
/// <param name="Name">As the command line has it.</param>
/// <param name="Title">As the report has it.</param>
/// <param name="IsLora">Whether a LoRA is trained beside the frozen model; else all weights are.</param>
internal sealed record Setting(string Name, string Title, DecoderConfig Config, bool IsLora)
{
    public const int Rows = 4;
    public const int RowTokens = 256;
    public const int Rank = 8;
    public const double Alpha = 16;

    private const long _headWidth = 64;

    public static IReadOnlyList<Setting> All { get; } =
    [
        new("lora", "LoRA of rank 8 on all linear layers of a model of SmolLM2-135M's shape", Llama(49_152, 576, 30, 9, 3, 1536), IsLora: true),
        new("full", "all weights of a model of 10 million parameters", Llama(4_096, 320, 7, 5, 5, 864), IsLora: false),
    ];

    public static LoraSettings Lora { get; } = new() { Targets = new LoraTargets(Modules: null), Rank = Rank, Alpha = Alpha };

    private static DecoderConfig Llama(long vocabulary, long width, int layers, long heads, long keyHeads, long inner) => new()
    {
        ModelType = "llama",
        Names = DecoderNames.Llama,
        Vocabulary = vocabulary,
        Width = width,
        Layers = layers,
        Heads = heads,
        KeyHeads = keyHeads,
        HeadWidth = _headWidth,
        Inner = inner,
        Context = 8_192,
        Activation = Activation.Silu,
        RootMeanSquare = true,
        Epsilon = 1e-5,
        Gated = true,
        Tied = true,
        Rotary = new RotaryEmbedding(_headWidth, 100_000, new RotaryScaling.None()),
    };
}
