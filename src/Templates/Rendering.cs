using Ptune.Templates.Values;

namespace Ptune.Templates;

/// <summary>A rendered text, and where its parts come from.</summary>
/// <param name="Text">The text.</param>
/// <param name="Data">The parts that come from data, in order: no control token may begin or end in one.</param>
/// <param name="Generated">The parts written in generation blocks, in order.</param>
public sealed record Rendering(string Text, IReadOnlyList<TextSpan> Data, IReadOnlyList<TextSpan> Generated)
{
    internal static Rendering Of(Text text) => new(text.Value, Spans(text, Origin.Data), Spans(text, Origin.Generated));

    private static List<TextSpan> Spans(Text text, Origin origin)
    {
        var spans = new List<TextSpan>();
        foreach (var mark in text.Marks.Where(m => m.Origin.HasFlag(origin)))
        {
            if (spans.Count > 0 && spans[^1].End == mark.Start) spans[^1] = spans[^1] with { End = mark.End };
            else spans.Add(new TextSpan(mark.Start, mark.End));
        }
        return spans;
    }
}
