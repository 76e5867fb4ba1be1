namespace Ptune.Templates.Tests.Oracle;

/// <summary>Counts verdicts over many cases, and says which were not the same.</summary>
internal sealed class Tally
{
    private readonly List<string> _others = [];
    private readonly List<string> _refused = [];
    private int _count;

    /// <summary>Renders one case and compares it.</summary>
    /// <param name="name">The case, for the report.</param>
    /// <param name="expected">Python's text; null where Python fails.</param>
    /// <param name="render">Renders it here.</param>
    public void Compare(string name, string? expected, Func<string> render)
    {
        _count++;
        try
        {
            var actual = render();
            if (actual != expected) _others.Add($"{name}\n  Python: {Show(expected)}\n  here:   {Show(actual)}");
        }
        catch (TemplateException e)
        {
            Assert.NotEmpty(e.Message);
            if (expected is not null) _refused.Add($"{name}: {e.Fault}: {e.Message}\n  Python: {Show(expected)}");
        }
    }

    /// <summary>No other text anywhere, and at most <paramref name="refused"/> cases refused that Python renders.</summary>
    public void Expect(int count, int refused)
    {
        Assert.Equal(count, _count);
        Assert.True(_others.Count == 0, $"{_others.Count} of {_count} give another text:\n{string.Join("\n", _others.Take(20))}");
        Assert.True(_refused.Count <= refused, $"{_refused.Count} of {_count} are refused:\n{string.Join("\n", _refused.Take(20))}");
    }

    private static string Show(string? text) => text is null ? "an error" : "«" + (text.Length > 300 ? text[..300] + "..." : text).Replace("\n", "\\n", StringComparison.Ordinal) + "»";
}
