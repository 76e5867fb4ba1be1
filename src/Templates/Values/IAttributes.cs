namespace Ptune.Templates.Values;

/// <summary>A value with attributes of its own.</summary>
internal interface IAttributes
{
    /// <summary>Gives an attribute; null where it has no such one.</summary>
    /// <exception cref="TemplateException">Python knows the attribute, and this engine does not.</exception>
    Func<object?>? Attribute(string name);
}
