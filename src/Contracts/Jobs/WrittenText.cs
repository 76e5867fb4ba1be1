namespace Ptune.Contracts.Jobs;

/// <summary>What a generation has written so far: the text of the first prompt that has no answer yet, and the newest answers before it.</summary>
/// <param name="Prompt">The prompt's number, from 0; the number of prompts where all are answered.</param>
/// <param name="Text">From its beginning; of longer texts the first <see cref="MaxCharacters"/> characters.</param>
/// <param name="Answers">
/// The answers to the prompts just before <paramref name="Prompt"/>, in their order, each a line as in the generation's file: as many as come to <see cref="MaxCharacters"/>
/// characters. Null: none.
/// </param>
[GenerateSerializer, Immutable, Alias("ptune.WrittenText")]
public sealed record WrittenText(int Prompt, string Text, string[]? Answers = null)
{
    /// <summary>Every heartbeat carries the text, so it is bounded.</summary>
    public const int MaxCharacters = 16_000;
}
