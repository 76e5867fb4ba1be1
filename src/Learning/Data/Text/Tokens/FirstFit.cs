namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>
/// Examples to blocks of one size: each in its order into the first block with room. The rooms are kept as a tree of maxima, so that an
/// example finds its block in as many steps as the number of blocks has bits, not in as many as there are blocks.
/// </summary>
internal static class FirstFit
{
    /// <param name="lengths">Of the examples, in their order.</param>
    /// <param name="size">Of a block.</param>
    /// <returns>For each block the indexes of its examples.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An example is longer than a block.</exception>
    public static IReadOnlyList<IReadOnlyList<int>> Pack(IReadOnlyList<int> lengths, int size)
    {
        int leaves = 1;
        while (leaves < lengths.Count) leaves *= 2;
        int[] room = new int[2 * leaves];
        Array.Fill(room, size);
        var blocks = new List<List<int>>();
        for (int example = 0; example < lengths.Count; example++)
        {
            int length = lengths[example];
            ArgumentOutOfRangeException.ThrowIfGreaterThan(length, size, nameof(lengths));
            int node = 1;
            while (node < leaves) node = room[2 * node] >= length ? 2 * node : (2 * node) + 1;
            int block = node - leaves;
            if (block == blocks.Count) blocks.Add([]);
            blocks[block].Add(example);
            room[node] -= length;
            while ((node /= 2) > 0) room[node] = Math.Max(room[2 * node], room[(2 * node) + 1]);
        }

        return blocks;
    }
}
