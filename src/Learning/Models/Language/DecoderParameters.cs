namespace Ptune.Learning.Models.Language;

/// <summary>Every parameter of a decoder, in the order of its layers.</summary>
internal static class DecoderParameters
{
    private const double _deviation = 0.02;

    public static IReadOnlyList<ParameterDeclaration> Of(DecoderConfig config)
    {
        var names = config.Names;
        var normal = ParameterInits.Normal(_deviation);
        var all = new List<ParameterDeclaration> { new($"{names.Embedding}.weight", normal, config.Vocabulary, config.Width) };
        if (names.Positions is { } positions) all.Add(new($"{positions}.weight", normal, config.Context, config.Width));
        for (int layer = 0; layer < config.Layers; layer++) AddBlock(all, config, $"{names.Block}.{layer}");
        AddNorm(all, config, names.FinalNorm, config.Width);
        if (!config.Tied) all.Add(new($"{names.Head}.weight", normal, config.Vocabulary, config.Width));
        return all;
    }

    private static void AddBlock(List<ParameterDeclaration> all, DecoderConfig config, string block)
    {
        var names = config.Names;
        long queries = config.Heads * config.HeadWidth, keys = config.KeyHeads * config.HeadWidth;
        // The last layer of each branch starts smaller, so that the stream's variance does not grow with the depth (GPT-2).
        var branch = ParameterInits.Normal(_deviation / Math.Sqrt(2.0 * config.Layers));
        AddNorm(all, config, $"{block}.{names.AttentionNorm}", config.Width);
        if (names.Packed is { } packed)
        {
            Add($"{block}.{packed}", config.Width, queries + (2 * keys), config.QkvBias);
        }
        else
        {
            Add($"{block}.{names.Query}", config.Width, queries, config.QkvBias);
            Add($"{block}.{names.Key}", config.Width, keys, config.QkvBias);
            Add($"{block}.{names.Value}", config.Width, keys, config.QkvBias);
        }

        if (config.QueryKeyNorm)
        {
            AddNorm(all, config, $"{block}.{DecoderNames.QueryNorm}", config.HeadWidth);
            AddNorm(all, config, $"{block}.{DecoderNames.KeyNorm}", config.HeadWidth);
        }

        Add($"{block}.{names.Output}", queries, config.Width, config.OutputBias, branch);
        AddNorm(all, config, $"{block}.{names.MlpNorm}", config.Width);
        if (config.Gated) Add($"{block}.{names.Gate}", config.Width, config.Inner, config.MlpBias);
        Add($"{block}.{names.Up}", config.Width, config.Inner, config.MlpBias);
        Add($"{block}.{names.Down}", config.Inner, config.Width, config.MlpBias, branch);

        void Add(string name, long inputs, long outputs, bool bias, ParameterInit? init = null)
        {
            long[] shape = config.Transposed ? [inputs, outputs] : [outputs, inputs];
            all.Add(new($"{name}.weight", init ?? ParameterInits.Normal(_deviation), shape));
            if (bias) all.Add(new($"{name}.bias", ParameterInits.Zeros, outputs));
        }
    }

    private static void AddNorm(List<ParameterDeclaration> all, DecoderConfig config, string name, long width)
    {
        all.Add(new($"{name}.weight", ParameterInits.Ones, width));
        if (!config.RootMeanSquare) all.Add(new($"{name}.bias", ParameterInits.Zeros, width));
    }
}
