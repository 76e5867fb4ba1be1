using Ptune.Templates.Values;

namespace Ptune.Templates.Texts;

/// <summary>str.join().</summary>
internal static class Joining
{
    public static Text Join(IRenderer interpreter, Text separator, IEnumerable<Text> parts)
    {
        var to = new TextBuilder();
        var first = true;
        foreach (var part in parts)
        {
            interpreter.Budget.Step();
            if (!first) to.Append(separator);
            first = false;
            to.Append(part);
            interpreter.Budget.CheckLength(to.Length);
        }
        return interpreter.Allocated(to.ToText());
    }
}
