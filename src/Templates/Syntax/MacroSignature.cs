namespace Ptune.Templates.Syntax;

/// <summary>A macro's or a call block's parameters.</summary>
/// <param name="Name">The macro's name; null for a call block.</param>
/// <param name="Parameters">Each with its default, where it has one.</param>
/// <param name="Mentioned">Which of <c>caller</c>, <c>varargs</c> and <c>kwargs</c> the body mentions: only then are they passed.</param>
internal sealed record MacroSignature(string? Name, IReadOnlyList<(string Name, Expression? Default)> Parameters, IReadOnlySet<string> Mentioned);
