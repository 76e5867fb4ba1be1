using Ptune.Learning.Formats;
using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Models.HuggingFace;

/// <summary>
/// What a configuration says about rotary positions, in the words of transformers 4 (<c>rope_theta</c>, <c>rope_scaling</c> with <c>type</c> or
/// <c>rope_type</c>) and of 5 (<c>rope_parameters</c>). Where both stand in one file, the one that transformers follows counts.
/// </summary>
internal static class RotaryWords
{
    private const string _oldSection = "rope_scaling";
    private const string _newSection = "rope_parameters";
    private const double _yarnAttention = 0.1;
    private const double _betaFast = 32;
    private const double _betaSlow = 1;

    /// <param name="headWidth">Numbers of a head.</param>
    /// <param name="context">max_position_embeddings.</param>
    /// <param name="share">The share of a head that is turned where the configuration does not say it.</param>
    /// <param name="thetaWord">The older word for the base.</param>
    /// <param name="shareWord">The older word for the share.</param>
    public static RotaryEmbedding Read(
        JsonWords config, long headWidth, long context, double theta = 10_000, double share = 1, string thetaWord = "rope_theta", string shareWord = "partial_rotary_factor")
    {
        JsonWords? scaling = config.Section(_oldSection), parameters = config.Section(_newSection);
        if (scaling is not null && parameters is not null)
            config.Notes.Add($"config.json holds both {_oldSection} and {_newSection}; {_oldSection} counts, as in transformers.");
        var section = scaling ?? parameters;
        double? plain = config.OptionalNumber(thetaWord), inner = section?.OptionalNumber("rope_theta");
        if (plain is { } outer && inner is { } held && outer != held)
            config.Notes.Add($"config.json says {thetaWord} {outer}, and {held} within {(scaling is null ? _newSection : _oldSection)}; the latter counts, as in transformers.");
        double turned = section?.OptionalNumber("partial_rotary_factor") ?? config.OptionalNumber(shareWord) ?? share;
        long width = (long)(headWidth * turned);
        if (width <= 0 || width > headWidth || width % 2 != 0)
            throw config.Refuse($"head_dim is {headWidth} and {width} of it carry rotary positions; an even number from 2 to {headWidth} is needed.");
        double used = inner ?? plain ?? theta;
        return used > 0
            ? new RotaryEmbedding(width, used, section is null ? new RotaryScaling.None() : Scaling(section, context))
            : throw config.Refuse($"{thetaWord} is {used}, and a number above 0 is due.");
    }

    private static RotaryScaling Scaling(JsonWords section, long context)
    {
        string? newType = section.OptionalText("rope_type"), oldType = section.OptionalText("type");
        if (newType is not null && oldType is not null && newType != oldType)
            section.Notes.Add($"config.json says both rope_type {newType} and type {oldType}; rope_type counts, as in transformers.");
        string type = newType ?? oldType ?? "default";
        return type switch
        {
            "default" => new RotaryScaling.None(),
            "linear" => new RotaryScaling.Linear(Factor(section, type)),
            "dynamic" => new RotaryScaling.Dynamic(Factor(section, type), context),
            "llama3" => new RotaryScaling.Llama3(
                Factor(section, type), section.Positive("low_freq_factor"), section.Positive("high_freq_factor"), section.Whole("original_max_position_embeddings")),
            "yarn" => Yarn(section, context),
            _ => throw section.Refuse($"rope_type '{Readable.Text(type)}' is not computed here; known are default, linear, dynamic, llama3 and yarn."),
        };
    }

    private static RotaryScaling.Yarn Yarn(JsonWords section, long context)
    {
        long trained = section.Whole("original_max_position_embeddings", context);
        double factor = section.Has("factor") || trained == context ? Factor(section, "yarn") : (double)context / trained;
        double attention = section.OptionalNumber("attention_factor") ?? (section.OptionalNumber("mscale") is { } scale && section.OptionalNumber("mscale_all_dim") is { } all && scale != 0 && all != 0
            ? Attention(factor, scale) / Attention(factor, all)
            : Attention(factor, 1));
        return new RotaryScaling.Yarn(
            factor, attention, section.Positive("beta_fast", _betaFast), section.Positive("beta_slow", _betaSlow), trained, section.Flag("truncate", true));
    }

    private static double Attention(double factor, double scale) => factor <= 1 ? 1 : (_yarnAttention * scale * Math.Log(factor)) + 1;

    private static double Factor(JsonWords section, string type) => section.Has("factor")
        ? section.Positive("factor")
        : throw section.Refuse($"factor is missing; rotary scaling '{type}' has no default for it.");
}
