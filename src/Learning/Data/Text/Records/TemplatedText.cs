using Ptune.Templates;

namespace Ptune.Learning.Data.Text.Records;

/// <summary>A record that a template has rendered.</summary>
/// <param name="Rendering">The text, and which parts of it come from the record.</param>
/// <param name="Answer">Where the part begins that is to be learnt; 0: all is; null: generation blocks say it.</param>
internal sealed record TemplatedText(Rendering Rendering, int? Answer) : TextRecord
{
    public override IEnumerable<string> Content => [Rendering.Text];

    public override string? EmptyField => string.IsNullOrWhiteSpace(Rendering.Text[(Answer ?? 0)..]) ? "template" : null;

    /// <summary>What stands before the answer, and the answer.</summary>
    /// <exception cref="InvalidOperationException">Generation blocks say where the answer is.</exception>
    public (Rendering Prompt, Rendering Answer) Parts()
    {
        int cut = Answer ?? throw new InvalidOperationException("Generation blocks say where the answer is.");
        return (Part(0, cut), Part(cut, Rendering.Text.Length));
    }

    private Rendering Part(int start, int end) =>
        new(Rendering.Text[start..end], [.. Rendering.Data.Where(span => span.Start < end && span.End > start).Select(span => new TextSpan(Math.Max(span.Start, start) - start, Math.Min(span.End, end) - start))], []);
}
