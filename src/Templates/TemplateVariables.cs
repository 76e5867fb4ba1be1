using System.Text.Json;
using Ptune.Templates.Texts;
using Ptune.Templates.Values;

namespace Ptune.Templates;

/// <summary>The variables of one rendering.</summary>
public sealed class TemplateVariables
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

    internal IEnumerable<KeyValuePair<string, object?>> Values => _values;

    /// <summary>Adds a value that comes with the data: what it says never becomes a control token.</summary>
    /// <exception cref="TemplateException">A text holds half a character.</exception>
    public TemplateVariables AddData(string name, JsonElement value) => Add(name, value, isData: true);

    /// <summary>Adds a value that the template's owner chose, such as a special token.</summary>
    /// <exception cref="TemplateException">A text holds half a character.</exception>
    public TemplateVariables AddTrusted(string name, JsonElement value) => Add(name, value, isData: false);

    /// <summary>Adds a text that the template's owner chose.</summary>
    public TemplateVariables AddTrusted(string name, string value)
    {
        _values[name] = new Text(value);
        return this;
    }

    /// <summary>Adds True or False.</summary>
    public TemplateVariables AddTrusted(string name, bool value)
    {
        _values[name] = value;
        return this;
    }

    /// <summary>Adds None.</summary>
    public TemplateVariables AddNone(string name)
    {
        _values[name] = null;
        return this;
    }

    private TemplateVariables Add(string name, JsonElement value, bool isData)
    {
        _values[name] = JsonValues.Of(value, isData);
        return this;
    }
}
