namespace Ptune.Learning.Transfer;

/// <summary>A network's outputs over a split: <paramref name="Values"/> is [Count, Labels], row-major.</summary>
internal sealed record ScoreTable(int Count, int Labels, float[] Values)
{
    public ReadOnlySpan<float> Row(int row) => Values.AsSpan(row * Labels, Labels);

    /// <summary>A table of the same size, row by row from a function of the row's number and the place for its values.</summary>
    public ScoreTable Map(RowFunction function)
    {
        var mapped = new ScoreTable(Count, Labels, new float[Values.Length]);
        for (int row = 0; row < Count; row++) function(row, mapped.Values.AsSpan(row * Labels, Labels));
        return mapped;
    }

    public delegate void RowFunction(int row, Span<float> values);
}
