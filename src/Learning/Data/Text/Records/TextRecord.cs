using Ptune.Learning.Data.Text.Reading;

namespace Ptune.Learning.Data.Text.Records;

/// <summary>A record of a text data set, read and checked.</summary>
internal abstract record TextRecord
{
    public required RecordPlace Place { get; init; }

    /// <summary>What makes two records the same content: they never lie in different splits.</summary>
    public abstract IEnumerable<string> Content { get; }

    /// <summary>The field that has nothing to train in it (empty, or white space alone), or null.</summary>
    public abstract string? EmptyField { get; }
}
