using System.Globalization;
using System.Numerics;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates.Filters;

/// <summary>The argument <c>attribute</c> of filters: <c>a.b.0</c>, looked up as <c>value['a']['b'][0]</c>.</summary>
internal sealed class AttributePath
{
    private readonly object?[] _parts;

    private AttributePath(object?[] parts) => _parts = parts;

    /// <param name="attribute">A text, an int, or None or missing for the value itself.</param>
    public static AttributePath Of(object? attribute) => new(attribute switch
    {
        null => [],
        Text text => [.. text.Value.Split('.').Select(Part)],
        var missing when missing == Arguments.Missing => [],
        _ => [attribute],
    });

    /// <summary>Several, with commas between them.</summary>
    public static AttributePath[] Several(object? attribute) => attribute is Text text ? [.. text.Value.Split(',').Select(part => Of(new Text(part)))] : [Of(attribute)];

    /// <param name="interpreter">Who looks it up.</param>
    /// <param name="item">Where.</param>
    /// <param name="fallback">Takes the place of what is undefined on the way; null: nothing does.</param>
    public object? Get(IRenderer interpreter, object? item, object? fallback = null)
    {
        foreach (var part in _parts)
        {
            interpreter.Budget.Step();
            item = interpreter.Item(item, part);
            if (fallback is not null && item is Undefined) item = fallback;
        }
        return item;
    }

    private static object Part(string part)
    {
        if (part.Length == 0 || !part.EnumerateRunes().All(Characters.IsDigit)) return new Text(part);
        return BigInteger.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw TemplateException.Unsupported($"the attribute '{part}' is not supported.");
    }
}
