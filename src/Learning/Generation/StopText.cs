namespace Ptune.Learning.Generation;

/// <summary>Looks for stop strings in a text that comes in parts. What may be the beginning of one is held back until it is known.</summary>
/// <param name="stops">None of them is empty.</param>
internal sealed class StopText(IReadOnlyList<string> stops)
{
    private string _held = "";

    /// <summary>Whether a stop string has come; the text ended before it.</summary>
    public bool Found { get; private set; }

    /// <summary>The text that one part more makes certain.</summary>
    public string Add(string part)
    {
        if (Found) return "";
        string text = _held + part;
        int end = stops.Select(stop => text.IndexOf(stop, StringComparison.Ordinal)).Where(at => at >= 0).DefaultIfEmpty(-1).Min();
        Found = end >= 0;
        if (!Found) end = BeginningOfStop(text);
        _held = Found ? "" : text[end..];
        return text[..end];
    }

    /// <summary>The rest, when nothing more comes.</summary>
    public string Finish()
    {
        string rest = _held;
        _held = "";
        return rest;
    }

    // The first place from which the rest of the text begins a stop string.
    private int BeginningOfStop(string text)
    {
        int longest = stops.Select(stop => stop.Length - 1).DefaultIfEmpty(0).Max();
        for (int at = Math.Max(0, text.Length - longest); at < text.Length; at++)
        {
            if (stops.Any(stop => stop.AsSpan().StartsWith(text.AsSpan(at), StringComparison.Ordinal))) return at;
        }

        return text.Length;
    }
}
