namespace Ptune.Templates.Evaluation;

/// <summary>Names and what they stand for. Loops, macros and captured blocks have one of their own, and see those around them.</summary>
internal sealed class Scope(Scope? outer)
{
    private Dictionary<string, object?>? _names;

    public void Set(string name, object? value) => (_names ??= new(StringComparer.Ordinal))[name] = value;

    public bool TryGet(string name, out object? value)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
            if (scope._names is { } names && names.TryGetValue(name, out value)) return true;
        value = null;
        return false;
    }

    private Scope? Outer { get; } = outer;
}
