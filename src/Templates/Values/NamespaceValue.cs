namespace Ptune.Templates.Values;

/// <summary>Jinja's namespace: the one object that a template may change.</summary>
internal sealed class NamespaceValue
{
    public MapValue Attributes { get; } = new();

    /// <exception cref="TemplateException">The name begins with an underscore.</exception>
    public void Set(string name, object? value)
    {
        if (name.StartsWith('_')) throw TemplateException.Type($"a namespace takes no attribute that begins with an underscore: '{name}'.");
        Attributes.Set(new Text(name), value);
    }
}
