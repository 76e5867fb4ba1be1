namespace Ptune.Learning.Tuning;

/// <summary>Tokens that steps took, padding of packed rows included.</summary>
/// <param name="Own">Of the data that are learnt.</param>
/// <param name="General">Of the data that are mixed in.</param>
internal readonly record struct TokenCounts(long Own, long General)
{
    /// <summary>The share that was mixed in; 0 where nothing was taken.</summary>
    public double GeneralShare => Own + General == 0 ? 0 : (double)General / (Own + General);
}
