using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>A text's YAML events, one after the other. Whatever the scanner throws on a damaged text is a <see cref="SpecTextException"/>.</summary>
internal sealed class SpecEvents(string text)
{
    private readonly Parser _parser = new(new StringReader(text));

    /// <exception cref="SpecTextException">The text is not YAML at this place.</exception>
    public ParsingEvent Next()
    {
        try
        {
            return _parser.MoveNext() ? _parser.Current! : throw new SpecTextException(0, 0, "The text ends too early.", "Check that the file is complete.");
        }
        catch (YamlException e)
        {
            throw new SpecTextException((int)e.Start.Line, (int)e.Start.Column, $"This is not YAML: {Shown.Sentence(Innermost(e))}", "Correct the text here.");
        }
        catch (Exception e) when (e is not SpecTextException and not OutOfMemoryException)
        {
            // The scanner does not wrap its own failures on damaged text.
            var at = _parser.Current?.End ?? Mark.Empty;
            throw new SpecTextException((int)at.Line, (int)at.Column, $"This is not YAML: {Shown.Sentence(e.Message)}", "Look for stray characters after this place.");
        }
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message;
    }
}
