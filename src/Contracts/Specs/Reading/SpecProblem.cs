namespace Ptune.Contracts.Specs.Reading;

/// <summary>One thing that is wrong with a spec, where it stands in the file, and what to do.</summary>
/// <param name="Path">The place in the spec: <c>models.vit@v1.pretraining.recipe.epochs</c>; empty for the file as a whole.</param>
/// <param name="Line">Line in the file, from 1; 0 when the spec was no text.</param>
/// <param name="Column">Column in the line, from 1.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do.</param>
public sealed record SpecProblem(string Path, int Line, int Column, string Message, string Fix);
