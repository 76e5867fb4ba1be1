namespace Ptune.Templates.Values;

/// <summary>What a missing name or attribute gives: empty where it is printed, looped over or asked, an error where it is used.</summary>
/// <param name="Reason">What is missing, for that error.</param>
internal sealed record Undefined(string Reason)
{
    public static Undefined Name(string name) => new($"'{name}' is undefined");

    public static Undefined Attribute(object? owner, string name) =>
        new(owner is Undefined undefined ? undefined.Reason : $"'{PythonType.Of(owner)} object' has no attribute '{name}'");

    /// <summary>The error of using it.</summary>
    public TemplateException Used() => TemplateException.Type(Reason + ".");
}
