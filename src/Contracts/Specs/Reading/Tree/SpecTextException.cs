namespace Ptune.Contracts.Specs.Reading;

/// <summary>The text cannot be read at all, or not within <see cref="SpecLimits"/>: nothing after this place was looked at.</summary>
internal sealed class SpecTextException(int line, int column, string message, string fix) : Exception(message)
{
    public SpecProblem Problem { get; } = new("", line, column, message, fix);
}
