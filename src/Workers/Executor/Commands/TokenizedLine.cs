using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Executor.Commands;

/// <summary>What became of one line of input.</summary>
internal sealed record TokenizedLine
{
    public string? Error { get; init; }

    public string? Text { get; init; }

    public int[]? Ids { get; init; }

    public string[]? Tokens { get; init; }

    /// <param name="to">Where it is written.</param>
    /// <param name="json">One compact object; else for people: the text, or each token with its id.</param>
    public void Write(TextWriter to, bool json)
    {
        if (json) to.WriteLine(JsonSerializer.Serialize(this, SpecJson.Options));
        else if (Error is not null) to.WriteLine($"error: {Error}");
        else if (Tokens is not null) to.WriteLine(string.Join(' ', Tokens.Zip(Ids!, (token, id) => $"{token}:{id}")));
        else to.WriteLine(Ids is null ? Text : $"{Text}\n{string.Join(' ', Ids)}");
    }
}
