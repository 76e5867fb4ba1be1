using System.Numerics;

namespace Ptune.Templates.Values;

/// <summary>What a function, filter or test was called with.</summary>
internal sealed record Arguments(IReadOnlyList<object?> Positional, IReadOnlyList<KeyValuePair<string, object?>> Named)
{
    /// <summary>Stands in the place of an argument that was not given.</summary>
    public static readonly object Missing = new();

    public static Arguments None { get; } = new([], []);

    public static Arguments Of(params object?[] positional) => new(positional, []);

    /// <summary>The arguments in the order of the parameters; <see cref="Missing"/> where an optional one was not given.</summary>
    /// <exception cref="TemplateException">One lacks, is given twice, or is not known.</exception>
    public object?[] Bind(string function, string[] required, params string[] optional)
    {
        string[] names = [.. required, .. optional];
        if (Positional.Count > names.Length) throw TemplateException.Type($"{function}() takes at most {names.Length} arguments; {Positional.Count} were given.");
        var values = new object?[names.Length];
        Array.Fill(values, Missing);
        for (var i = 0; i < Positional.Count; i++) values[i] = Positional[i];
        foreach (var (name, value) in Named)
        {
            var at = Array.IndexOf(names, name);
            if (at < 0) throw TemplateException.Type($"{function}() has no argument '{name}'.");
            if (values[at] != Missing) throw TemplateException.Type($"{function}() was given '{name}' twice.");
            values[at] = value;
        }
        for (var i = 0; i < required.Length; i++)
            if (values[i] == Missing) throw TemplateException.Type($"{function}() lacks the argument '{names[i]}'.");
        return values;
    }

    /// <summary>The same for methods of Python's own types, which take no argument by name.</summary>
    public object?[] BindPositional(string function, int required, int optional = 0)
    {
        if (Named.Count > 0) throw TemplateException.Type($"{function}() takes no arguments by name.");
        if (Positional.Count < required || Positional.Count > required + optional)
            throw TemplateException.Type($"{function}() takes {(optional == 0 ? $"{required}" : $"{required} to {required + optional}")} arguments; {Positional.Count} were given.");
        return [.. Positional, .. Enumerable.Repeat(Missing, required + optional - Positional.Count)];
    }

    /// <summary>An argument that has to be a text.</summary>
    public static Text TextOf(object? value, string function) => value switch
    {
        Text { IsMarkup: true } => throw TemplateException.Unsupported($"{function}() with escaped text is not supported."),
        Text text => text,
        Undefined undefined => throw undefined.Used(),
        _ => throw TemplateException.Type($"{function}() expects a str, not '{PythonType.Of(value)}'."),
    };

    /// <summary>An argument that has to be an int; True and False are 1 and 0.</summary>
    public static BigInteger IntegerOf(object? value, string function) => value switch
    {
        BigInteger number => number,
        bool flag => flag ? 1 : 0,
        Undefined undefined => throw undefined.Used(),
        _ => throw TemplateException.Type($"{function}(): '{PythonType.Of(value)}' object cannot be interpreted as an integer."),
    };

    /// <summary>The same, bounded to what an index or a length can be.</summary>
    public static int SmallIntegerOf(object? value, string function) => (int)BigInteger.Clamp(IntegerOf(value, function), int.MinValue + 1, int.MaxValue);
}
