using Spectre.Console;
using Spectre.Console.Rendering;

namespace Ptune.Cli.Output;

/// <summary>A table of plain columns that people and line tools read alike. Cells are text, never markup.</summary>
internal static class TextTable
{
    /// <summary>Between columns.</summary>
    private const int Gap = 2;

    /// <summary>Longer words may be broken, so that one long name does not spoil the table.</summary>
    private const int LongestWord = 14;

    /// <param name="console">Where to.</param>
    /// <param name="heads">The heads: one that starts with '&gt;' is above figures, on the right; one that starts with '=' above ids, which are never broken.</param>
    /// <param name="rows">The cells.</param>
    public static void Write(IAnsiConsole console, string[] heads, IEnumerable<string[]> rows)
    {
        Text[][] cells = [.. rows.Select(r => r.Select(c => new Text(Printable.Of(c))).ToArray())];
        Text[] titles = [.. heads.Select(h => new Text(Printable.Of(h.TrimStart('>', '=')), new Style(decoration: Decoration.Bold)))];
        var columns = heads.Select((h, i) => Width(console, h.StartsWith('='), [titles[i], .. cells.Select(r => r[i])])).ToArray();
        var gaps = Gap * (columns.Length - 1);
        // In less room nothing could be read any more: the terminal wraps whole lines instead, and nothing is lost.
        var wraps = console.Profile.Capabilities.Interactive && columns.Sum(c => c.Least) + gaps <= console.Profile.Width;
        var table = new Table().Border(TableBorder.None).Collapse();
        for (var i = 0; i < heads.Length; i++)
        {
            var column = new TableColumn(titles[i]).PadRight(i < heads.Length - 1 ? Gap : 0).PadLeft(0);
            if (!wraps || heads[i].StartsWith('=')) column.NoWrap();
            table.AddColumn(heads[i].StartsWith('>') ? column.RightAligned() : column);
        }
        foreach (var row in cells) table.AddRow(row);
        Write(console, table, wraps);
    }

    /// <summary>Names and values, one a line.</summary>
    public static void Pairs(IAnsiConsole console, IEnumerable<(string Name, string? Value)> pairs)
    {
        (string Name, string Value)[] shown = [.. pairs.Where(p => p.Value is not null).Select(p => (p.Name, Printable.Of(p.Value!)))];
        if (shown.Length == 0) return;
        var names = shown.Max(p => p.Name.Length);
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(Gap)).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (var (name, value) in shown) grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        // A digest that is broken in two cannot be copied.
        var word = shown.Max(p => p.Value.Split(' ').Max(w => w.Length));
        var wraps = console.Profile.Capabilities.Interactive && names + Gap + Math.Max(word, Narrowest - Gap) <= console.Profile.Width;
        Write(console, grid, wraps);
    }

    /// <summary>A line of prose, broken between words where there is room for some.</summary>
    public static void Line(this IAnsiConsole console, string text = "")
    {
        var shown = Printable.Of(text);
        if (shown.Length == 0 || console.Profile.Width < Narrowest) console.Write(new UnwrappedLine(shown));
        else console.WriteLine(shown);
    }

    /// <summary>An id with its tenant fits; in less, text is left to the terminal to wrap.</summary>
    private const int Narrowest = 40;

    private static (int Least, int Most) Width(IAnsiConsole console, bool isWhole, Text[] cells)
    {
        var options = RenderOptions.Create(console, console.Profile.Capabilities);
        var measures = cells.Select(c => ((IRenderable)c).Measure(options, int.MaxValue)).ToArray();
        var most = measures.Max(m => m.Max);
        return (isWhole ? most : measures.Max(m => Math.Min(m.Min, LongestWord)), most);
    }

    private static void Write(IAnsiConsole console, IRenderable table, bool wraps)
    {
        var width = console.Profile.Width;
        if (!wraps) console.Profile.Width = Terminal.UnwrappedWidth;
        console.Write(table);
        console.Profile.Width = width;
    }
}
