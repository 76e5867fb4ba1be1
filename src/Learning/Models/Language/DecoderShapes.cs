using Ptune.Contracts.Estimates;

namespace Ptune.Learning.Models.Language;

/// <summary>The numbers by which memory is estimated.</summary>
internal static class DecoderShapes
{
    public static DecoderShape Of(DecoderConfig config) => new()
    {
        Parameters = config.Parameters.Sum(parameter => parameter.Elements),
        Layers = config.Layers,
        Width = config.Width,
        Inner = config.Inner,
        QueryWidth = config.Heads * config.HeadWidth,
        KeyWidth = config.KeyHeads * config.HeadWidth,
        Vocabulary = config.Vocabulary,
        Gated = config.Gated,
    };
}
