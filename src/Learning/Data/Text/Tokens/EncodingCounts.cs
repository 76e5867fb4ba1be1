using Ptune.Contracts.Specs;
namespace Ptune.Learning.Data.Text.Tokens;

/// <summary>What encoding found, for the report: nothing is cut or left out in silence.</summary>
internal sealed class EncodingCounts
{
    /// <summary>Examples that are used.</summary>
    public long Examples { get; set; }

    /// <summary>Their tokens.</summary>
    public long Tokens { get; set; }

    /// <summary>Of these, the trained ones.</summary>
    public long TrainedTokens { get; set; }

    /// <summary>Examples that lost tokens, those that were then dropped included.</summary>
    public long Cut { get; set; }

    /// <summary>The tokens that they lost.</summary>
    public long TokensCut { get; set; }

    /// <summary>Examples that were left out because they are too long.</summary>
    public long TooLong { get; set; }

    /// <summary>Examples that were left out because no trained token was left in them.</summary>
    public long Untrained { get; set; }
}
