namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>A row of a batch: one example, or several that do not see each other, padded on the right.</summary>
/// <param name="Ids">[size].</param>
/// <param name="Segments">[size]: the number of the token's example in the row, from 1; 0 where the row is padded.</param>
/// <param name="Positions">[size]: the token's place in its example.</param>
/// <param name="Labels">[size]: at each token its own id, or <see cref="EncodedExample.Ignored"/>.</param>
internal sealed record TokenBlock(int[] Ids, int[] Segments, int[] Positions, int[] Labels)
{
    /// <summary>What the row holds, in its order.</summary>
    public IReadOnlyList<EncodedExample> Examples { get; init; } = [];

    /// <summary>So many tokens the loss is a mean over.</summary>
    public int TrainedTokens => Labels.Count(label => label != EncodedExample.Ignored);

    /// <param name="examples">In their order; together they have at most <paramref name="size"/> tokens.</param>
    /// <param name="size">Of the row.</param>
    /// <param name="pad">The id of padding. It may be the one that ends a text: what is padding is said by place, never by id.</param>
    public static TokenBlock Of(IReadOnlyList<EncodedExample> examples, int size, int pad)
    {
        var block = new TokenBlock(new int[size], new int[size], new int[size], new int[size]) { Examples = examples };
        Array.Fill(block.Ids, pad);
        Array.Fill(block.Labels, EncodedExample.Ignored);
        int at = 0;
        for (int segment = 1; segment <= examples.Count; segment++)
        {
            var example = examples[segment - 1];
            example.Ids.CopyTo(block.Ids, at);
            for (int token = 0; token < example.Length; token++, at++)
            {
                block.Segments[at] = segment;
                block.Positions[at] = token;
                block.Labels[at] = example.Label(token);
            }
        }

        return block;
    }
}
