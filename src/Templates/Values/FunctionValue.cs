namespace Ptune.Templates.Values;

/// <summary>A function or a method that a template may call.</summary>
/// <param name="Name">Its name, for errors.</param>
/// <param name="Run">What it does.</param>
internal sealed record FunctionValue(string Name, Func<IRenderer, Arguments, object?> Run) : ICallable
{
    public string TypeName => "function";

    public object? Call(IRenderer renderer, Arguments arguments) => Run(renderer, arguments);
}
