namespace Ptune.Learning.Data.Text.Records;

/// <summary>Two answers to a prompt, the first of which is preferred.</summary>
internal sealed record Preference(string Prompt, string Chosen, string Rejected) : TextRecord
{
    public override IEnumerable<string> Content => [Prompt, Chosen, Rejected];

    public override string? EmptyField => string.IsNullOrWhiteSpace(Chosen) ? "chosen" : string.IsNullOrWhiteSpace(Rejected) ? "rejected" : null;
}
