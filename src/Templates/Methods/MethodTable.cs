using Ptune.Templates.Values;

namespace Ptune.Templates.Methods;

/// <summary>Looks up a method of a type. Null stands for one that Python has and this engine does not: it is refused, for an undefined value would give another text.</summary>
internal static class MethodTable
{
    public static IReadOnlySet<string> NumberAttributes { get; } = new HashSet<string>
    {
        "real", "imag", "numerator", "denominator", "conjugate", "bit_length", "bit_count", "to_bytes", "from_bytes", "as_integer_ratio", "is_integer", "hex", "fromhex",
    };

    /// <exception cref="TemplateException">Python knows it, and this engine does not.</exception>
    public static Func<object?>? Find<T>(IReadOnlyDictionary<string, Func<IRenderer, T, Arguments, object?>?> methods, T owner, string name)
    {
        if (!methods.TryGetValue(name, out var method)) return null;
        if (owner is Text { IsMarkup: true } || method is null) throw TemplateException.Unsupported($"the method '{name}' of '{PythonType.Of(owner)}' is not supported.");
        return () => new FunctionValue(name, (interpreter, arguments) => method(interpreter, owner, arguments));
    }

    /// <summary>A method that would change what was passed in, which Python's sandbox refuses when it is used.</summary>
    public static object? Refuse(string name) => throw TemplateException.Type($"'{name}' would change what was passed in, which a template may not.");
}
