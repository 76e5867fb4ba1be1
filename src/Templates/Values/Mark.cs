namespace Ptune.Templates.Values;

/// <summary>The origin of the UTF-16 units from <paramref name="Start"/> up to <paramref name="End"/>.</summary>
internal readonly record struct Mark(int Start, int End, Origin Origin);
