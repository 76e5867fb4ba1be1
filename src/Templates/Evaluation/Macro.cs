using Ptune.Templates.Syntax;
using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <summary>A macro, or the body of a call block, with the names around its definition.</summary>
internal sealed class Macro(Interpreter interpreter, MacroSignature signature, IReadOnlyList<Statement> body, Scope closure) : ICallable, IAttributes
{
    public string TypeName => "Macro";

    public MacroSignature Signature { get; } = signature;

    public Func<object?>? Attribute(string name) => name is "name" or "arguments" or "caller" or "catch_kwargs" or "catch_varargs" or "explicit_caller"
        ? throw TemplateException.Unsupported($"the attribute '{name}' of a macro is not supported.")
        : null;

    /// <exception cref="TemplateException">The arguments do not fit.</exception>
    public object? Call(IRenderer renderer, Arguments arguments)
    {
        var scope = new Scope(closure);
        var named = arguments.Named.ToDictionary(n => n.Key, n => n.Value, StringComparer.Ordinal);
        for (var i = 0; i < Signature.Parameters.Count; i++)
        {
            var (name, fallback) = Signature.Parameters[i];
            if (i < arguments.Positional.Count) scope.Set(name, arguments.Positional[i]);
            else if (named.Remove(name, out var value)) scope.Set(name, value);
            else scope.Set(name, fallback is null ? new Undefined($"the parameter '{name}' was not given") : interpreter.Evaluate(fallback, scope));
        }
        BindSpecial(scope, named, arguments.Positional.Skip(Signature.Parameters.Count).ToArray());
        return interpreter.Capture(body, scope);
    }

    private void BindSpecial(Scope scope, Dictionary<string, object?> named, object?[] rest)
    {
        var own = Signature.Parameters.Select(p => p.Name).ToHashSet();
        if (Takes("caller")) scope.Set("caller", named.Remove("caller", out var caller) ? caller : new Undefined("no caller is defined"));
        if (Takes("kwargs"))
        {
            var map = new MapValue();
            foreach (var (name, value) in named) map.Set(new Text(name), value);
            scope.Set("kwargs", map);
        }
        else if (named.Count > 0) throw TemplateException.Type($"the macro '{Signature.Name}' has no parameter '{named.Keys.First()}'.");
        if (Takes("varargs")) scope.Set("varargs", new TupleValue(rest));
        else if (rest.Length > 0) throw TemplateException.Type($"the macro '{Signature.Name}' takes at most {Signature.Parameters.Count} arguments.");

        bool Takes(string name) => Signature.Mentioned.Contains(name) && !own.Contains(name);
    }
}
