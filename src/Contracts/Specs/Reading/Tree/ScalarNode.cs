namespace Ptune.Contracts.Specs.Reading;

/// <summary>A single value as text.</summary>
/// <param name="text">The text without its quotes.</param>
/// <param name="isPlain">True when it is written without quotes and not as a block, so that it may be a number, true, false or null.</param>
internal sealed class ScalarNode(string text, bool isPlain, int line = 0, int column = 0) : SpecNode(line, column)
{
    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsNull => IsPlain && Text is "" or "~" or "null";
}
