namespace Ptune.Contracts.Specs;

/// <summary>How texts are distributed over the splits.</summary>
public enum SplitBy
{
    /// <summary>The records of the data set are permuted, and cut at the shares: sizes are exact.</summary>
    Order,

    /// <summary>Each text by its own content: the same text lies in the same split of every data set with these shares and this seed.</summary>
    Content,
}
