using Ptune.Templates.Evaluation;
using Ptune.Templates.Parsing;
using Ptune.Templates.Syntax;
using Ptune.Templates.Values;

namespace Ptune.Templates;

/// <summary>
/// A Jinja template as chat templates use it, rendered with Python's semantics: the same text as Jinja 3.1 in the sandbox of transformers, or an error.
/// What this engine does not know it refuses. It reaches no file, no network and no clock.
/// </summary>
public sealed class Template
{
    private readonly IReadOnlyList<Statement> _statements;

    private Template(IReadOnlyList<Statement> statements) => _statements = statements;

    /// <summary>The names that it reads before it has set them itself, but for those that every template knows: what its variables may be.</summary>
    public IReadOnlySet<string> Names => FreeNames.Of(_statements);

    /// <exception cref="TemplateException">It is no template, or uses what is not supported.</exception>
    public static Template Parse(string source)
    {
        try
        {
            return new Template(Parser.Parse(source));
        }
        catch (InsufficientExecutionStackException)
        {
            throw new TemplateException(TemplateFault.Limit, "the template's nesting is deeper than the stack holds.");
        }
    }

    /// <param name="variables">Names and what they stand for.</param>
    /// <param name="now">What <c>strftime_now</c> sees; null: a template that asks for the time is refused.</param>
    /// <param name="limits">What the rendering may use; null: <see cref="TemplateLimits.Default"/>.</param>
    /// <exception cref="TemplateException">It fails, calls <c>raise_exception</c>, exceeds a limit, or uses what is not supported.</exception>
    public Rendering Render(TemplateVariables variables, DateTimeOffset? now = null, TemplateLimits? limits = null) => Rendering.Of(Run(variables.Values, now, limits));

    internal Text Run(IEnumerable<KeyValuePair<string, object?>> variables, DateTimeOffset? now, TemplateLimits? limits)
    {
        try
        {
            return new Interpreter(new Budget(limits ?? TemplateLimits.Default), now).Render(_statements, variables);
        }
        catch (InsufficientExecutionStackException)
        {
            throw new TemplateException(TemplateFault.Limit, "the values' nesting is deeper than the stack holds.");
        }
    }
}
