namespace Ptune.Learning.Data.Text.Records;

/// <summary>A question and its answer. The prompt may be empty; with an empty response only the end of text would be trained.</summary>
internal sealed record PromptResponse(string Prompt, string Response) : TextRecord
{
    public override IEnumerable<string> Content => [Prompt, Response];

    public override string? EmptyField => string.IsNullOrWhiteSpace(Response) ? "response" : null;
}
