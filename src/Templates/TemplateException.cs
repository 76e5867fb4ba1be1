namespace Ptune.Templates;

/// <summary>A template that cannot be parsed or rendered. The message is for the one who wrote or uses the template.</summary>
public sealed class TemplateException : Exception
{
    public TemplateException(TemplateFault fault, string message)
        : base(message)
    {
        Fault = fault;
    }

    public TemplateException(TemplateFault fault, int line, string message)
        : base($"line {line}: {message}")
    {
        Fault = fault;
        Line = line;
    }

    public TemplateFault Fault { get; }

    /// <summary>The template's line, from 1; null where the fault belongs to no line.</summary>
    public int? Line { get; }

    internal static TemplateException Type(string message) => new(TemplateFault.Failed, message);

    internal static TemplateException Unsupported(string message) => new(TemplateFault.Unsupported, message);
}
