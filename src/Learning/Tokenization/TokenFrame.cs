using System.Text.Json;

namespace Ptune.Learning.Tokenization;

/// <summary>The tokens that a tokenizer's <c>post_processor</c> puts around one text, and around and between two.</summary>
/// <param name="Before">Ids before a text.</param>
/// <param name="Behind">Ids behind it.</param>
/// <param name="Pair">The parts of a pair; null where the processor knows none.</param>
internal sealed record TokenFrame(int[] Before, int[] Behind, IReadOnlyList<PairPart>? Pair)
{
    /// <exception cref="TokenizerException">A processor is of a kind that is not known.</exception>
    public static TokenFrame Read(TokenizerFile file, JsonElement? processor)
    {
        var frame = new TokenFrame([], [], null);
        foreach (var part in TokenizerFile.Parts(processor, "processors"))
        {
            switch (part.GetProperty("type").GetString())
            {
                case "ByteLevel":
                    break;
                case "TemplateProcessing":
                    frame = Template(part);
                    break;
                case "BertProcessing" or "RobertaProcessing":
                    frame = Bert(part.GetProperty("cls")[1].GetInt32(), part.GetProperty("sep")[1].GetInt32(), part.GetProperty("type").GetString() == "RobertaProcessing");
                    break;
                case var type:
                    throw new TokenizerException($"{file.Path}: a post_processor of type '{type}' is not known.");
            }
        }
        return frame;
    }

    private static TokenFrame Template(JsonElement processor)
    {
        var ids = processor.GetProperty("special_tokens").EnumerateObject().ToDictionary(t => t.Name, t => t.Value.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray());
        var single = Parts(processor.GetProperty("single"), ids);
        var text = single.FindIndex(part => part.Text is not null);
        var pair = TokenizerFile.Member(processor, "pair") is { } both ? Parts(both, ids) : null;
        return new TokenFrame([.. single.Take(text).SelectMany(p => p.Ids)], [.. single.Skip(text + 1).SelectMany(p => p.Ids)], pair);
    }

    private static TokenFrame Bert(int begin, int end, bool isRoberta)
    {
        // RoBERTa separates twice, and has one type only.
        var second = isRoberta ? 0 : 1;
        List<PairPart> pair = [new(null, [begin], 0), new(0, [], 0), new(null, [end], 0), new(1, [], second), new(null, [end], second)];
        if (isRoberta) pair.Insert(3, new(null, [end], 0));
        return new TokenFrame([begin], [end], pair);
    }

    private static List<PairPart> Parts(JsonElement template, Dictionary<string, int[]> ids) =>
    [
        .. template.EnumerateArray().Select(part => TokenizerFile.Member(part, "SpecialToken") is { } token
            ? new PairPart(null, ids[token.GetProperty("id").GetString()!], token.GetProperty("type_id").GetInt32())
            : part.GetProperty("Sequence") is var text ? new PairPart(text.GetProperty("id").GetString() == "A" ? 0 : 1, [], text.GetProperty("type_id").GetInt32()) : null!),
    ];
}
