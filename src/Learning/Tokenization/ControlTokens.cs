using System.Buffers;
using Ptune.Templates;

namespace Ptune.Learning.Tokenization;

/// <summary>Finds the control tokens that a template wrote itself, as the tokenizers library finds them: the leftmost first, and of several there the longest.</summary>
internal sealed class ControlTokens
{
    private readonly ILookup<char, AddedToken> _byFirst;
    private readonly SearchValues<char> _firsts;
    private readonly HashSet<int> _control;

    public ControlTokens(Tokenizer tokenizer)
    {
        var tokens = tokenizer.Added.Where(a => a.Content.Length > 0).OrderByDescending(a => a.Content.Length).ToArray();
        _control = [.. tokenizer.File.Control.Select(a => a.Id)];
        _byFirst = tokens.ToLookup(a => a.Content[0]);
        _firsts = SearchValues.Create([.. tokens.Select(a => a.Content[0]).Distinct()]);
    }

    /// <summary>The places, in order. None overlaps a part that comes from data.</summary>
    public List<ControlPlace> Find(Rendering rendering)
    {
        var places = new List<ControlPlace>();
        var start = 0;
        foreach (var span in rendering.Data)
        {
            Find(rendering.Text, start, span.Start, places);
            start = span.End;
        }
        Find(rendering.Text, start, rendering.Text.Length, places);
        return places;
    }

    private void Find(string text, int start, int end, List<ControlPlace> places)
    {
        while (start < end)
        {
            var offset = text.AsSpan(start, end - start).IndexOfAny(_firsts);
            if (offset < 0) return;
            start += offset;
            var found = _byFirst[text[start]].FirstOrDefault(token => text.AsSpan(start, end - start).StartsWith(token.Content, StringComparison.Ordinal));
            if (found is not null && _control.Contains(found.Id)) places.Add(new ControlPlace(start, start + found.Content.Length, found.Id));
            start += found?.Content.Length ?? 1;
        }
    }
}
