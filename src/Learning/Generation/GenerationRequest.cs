using Ptune.Learning.Models.Language;

namespace Ptune.Learning.Generation;

/// <summary>Prompts to be continued.</summary>
internal sealed record GenerationRequest
{
    /// <summary>Tokens of each prompt.</summary>
    public required IReadOnlyList<IReadOnlyList<long>> Prompts { get; init; }

    /// <summary>The number of each prompt, by which it is drawn; null: 0, 1, 2, ...</summary>
    public IReadOnlyList<int>? Numbers { get; init; }

    /// <summary>New tokens at most; null: as many as fit into the context, up to <see cref="ByDefault"/>.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Prompt and answer together, where <see cref="MaxTokens"/> does not say it; null: no bound but the context.</summary>
    public long? MaxLength { get; init; }

    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Each of them ends a text; empty: none does.</summary>
    public IReadOnlyCollection<long> Ends { get; init; } = [];

    /// <summary>Ids that a token has; null: all do.</summary>
    public IReadOnlySet<long>? Tokens { get; init; }

    /// <summary>Prompts that are computed together.</summary>
    public int Batch { get; init; } = 8;

    /// <summary>Reads along: a prompt's number and its newest token; true ends the text there. Null: nobody does.</summary>
    public Func<int, long, bool>? OnToken { get; init; }

    /// <summary>New tokens where nothing says how many.</summary>
    public const long ByDefault = 256;
}
