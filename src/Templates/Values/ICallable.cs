namespace Ptune.Templates.Values;

/// <summary>A value that a template may call.</summary>
internal interface ICallable
{
    /// <summary>Python's name of its type, for errors.</summary>
    string TypeName { get; }

    /// <exception cref="TemplateException">The arguments do not fit, or the call fails.</exception>
    object? Call(IRenderer renderer, Arguments arguments);
}
