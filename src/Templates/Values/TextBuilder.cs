using System.Text;

namespace Ptune.Templates.Values;

/// <summary>Joins texts and keeps where each part comes from.</summary>
internal sealed class TextBuilder
{
    private readonly StringBuilder _value = new();
    private readonly List<Mark> _marks = [];

    public int Length => _value.Length;

    public TextBuilder Append(Text text)
    {
        var offset = _value.Length;
        _value.Append(text.Value);
        foreach (var mark in text.Marks)
        {
            var moved = new Mark(mark.Start + offset, mark.End + offset, mark.Origin);
            if (_marks.Count > 0 && _marks[^1].End == moved.Start && _marks[^1].Origin == moved.Origin) _marks[^1] = _marks[^1] with { End = moved.End };
            else _marks.Add(moved);
        }
        return this;
    }

    public TextBuilder Append(string value)
    {
        _value.Append(value);
        return this;
    }

    public Text ToText() => _marks.Count == 0 ? new Text(_value.ToString()) : new Text(_value.ToString(), [.. _marks]);
}
