namespace Ptune.Contracts.Jobs;

/// <summary>What a generation has written so far of one prompt.</summary>
/// <param name="Prompt">The prompt's number, from 0.</param>
/// <param name="Text">From its beginning; of longer texts the first <see cref="MaxCharacters"/> characters.</param>
[GenerateSerializer, Immutable, Alias("ptune.WrittenText")]
public sealed record WrittenText(int Prompt, string Text)
{
    /// <summary>Every heartbeat carries the text, so it is bounded.</summary>
    public const int MaxCharacters = 16_000;
}
