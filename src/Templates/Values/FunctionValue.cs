using Ptune.Templates.Evaluation;

namespace Ptune.Templates.Values;

/// <summary>A function or a method that a template may call.</summary>
/// <param name="Name">Its name, for errors.</param>
/// <param name="Call">What it does.</param>
internal sealed record FunctionValue(string Name, Func<Interpreter, Arguments, object?> Call);
