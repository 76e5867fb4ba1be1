namespace Ptune.Architecture.Tests;

internal static class Reservations
{
    /// <summary>Whether a name, of a package or an assembly, is reserved for other projects than this one.</summary>
    public static bool Forbid(string project, string name) => Arrows.Reserved.Any(reserved =>
        name.StartsWith(reserved.Key, StringComparison.OrdinalIgnoreCase) && !reserved.Value.Contains(project));
}
