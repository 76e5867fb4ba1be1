using Ptune.Learning.Data.Text.Tokens;

namespace Ptune.Learning.Tuning;

/// <summary>Examples as rows of a batch: one in each, or several packed into each.</summary>
internal sealed class TokenRows
{
    private readonly IReadOnlyList<IReadOnlyList<EncodedExample>> _rows;
    private readonly int? _size;

    private TokenRows(IReadOnlyList<IReadOnlyList<EncodedExample>> rows, int? size) => (_rows, _size) = (rows, size);

    public int Count => _rows.Count;

    /// <summary>Each example is a row of its own.</summary>
    public static TokenRows Single(IReadOnlyList<EncodedExample> examples) => new([.. examples.Select(example => (IReadOnlyList<EncodedExample>)[example])], null);

    /// <summary>Examples one after another in rows of <paramref name="size"/> tokens.</summary>
    public static TokenRows Packed(IReadOnlyList<EncodedExample> examples, int size) =>
        new([.. FirstFit.Pack([.. examples.Select(example => example.Length)], size).Select(block => block.Select(index => examples[index]).ToList())], size);

    /// <summary>What a row costs: its tokens, padding included where all rows have one size.</summary>
    public int Tokens(int row) => _size ?? _rows[row].Sum(example => example.Length);

    public int Examples(int row) => _rows[row].Count;

    /// <summary>Rows as one batch, padded to the longest of them.</summary>
    public IReadOnlyList<TokenBlock> Blocks(IReadOnlyList<int> rows, int pad)
    {
        int size = rows.Max(Tokens);
        return [.. rows.Select(row => TokenBlock.Of(_rows[row], size, pad))];
    }
}
