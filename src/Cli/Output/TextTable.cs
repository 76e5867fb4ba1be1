using Spectre.Console;

namespace Ptune.Cli.Output;

/// <summary>A table of plain columns that people and line tools read alike. Cells are text, never markup.</summary>
internal static class TextTable
{
    /// <param name="console">Where to.</param>
    /// <param name="heads">The heads; one that starts with '&gt;' stands over figures, on the right.</param>
    /// <param name="rows">The cells.</param>
    public static void Write(IAnsiConsole console, string[] heads, IEnumerable<string[]> rows)
    {
        var table = new Table().Border(TableBorder.None).Collapse();
        foreach (var head in heads)
        {
            var right = head.StartsWith('>');
            var column = new TableColumn(new Text(head.TrimStart('>'), new Style(decoration: Decoration.Bold))).PadRight(2).PadLeft(0);
            if (!console.Profile.Capabilities.Interactive) column.NoWrap();
            table.AddColumn(right ? column.RightAligned() : column);
        }
        foreach (var row in rows) table.AddRow(row.Select(c => new Text(c)));
        console.Write(table);
    }

    /// <summary>Names and values, one a line.</summary>
    public static void Pairs(IAnsiConsole console, IEnumerable<(string Name, string? Value)> pairs)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap().PadLeft(0).PadRight(2)).AddColumn(new GridColumn().PadLeft(0).PadRight(0));
        foreach (var (name, value) in pairs)
        {
            if (value is not null) grid.AddRow(new Text(name, new Style(decoration: Decoration.Bold)), new Text(value));
        }
        console.Write(grid);
    }
}
