using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ptune.Cli.Output;

/// <summary>A line that only the terminal wraps, so that a command, a path or an id in it can be copied whole.</summary>
internal sealed class UnwrappedLine(string text, Style? style = null) : IRenderable
{
    public Measurement Measure(RenderOptions options, int maxWidth) => new(0, maxWidth);

    public IEnumerable<Segment> Render(RenderOptions options, int maxWidth) => [new Segment(text, style ?? Style.Plain), Segment.LineBreak];
}
