namespace Ptune.Templates;

/// <summary>Why a template was refused.</summary>
public enum TemplateFault
{
    /// <summary>It is no template of the language: refused before anything is rendered.</summary>
    Syntax,

    /// <summary>It uses something that Jinja knows and this engine does not. Rendered by Python it may give a text.</summary>
    Unsupported,

    /// <summary>It does what fails in Python, too.</summary>
    Failed,

    /// <summary>It called <c>raise_exception</c>; the message is the template's own.</summary>
    Raised,

    /// <summary>It needs more time, memory, output or nesting than it may.</summary>
    Limit,
}
