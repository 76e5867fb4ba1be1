namespace Ptune.Templates;

/// <summary>The UTF-16 units of a text from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
public readonly record struct TextSpan(int Start, int End);
