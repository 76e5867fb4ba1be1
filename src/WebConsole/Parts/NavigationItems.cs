using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Parts;

/// <summary>The pages that a visitor may open.</summary>
internal static class NavigationItems
{
    public static IEnumerable<(string Path, string Name)> Of(Visitor visitor)
    {
        if (visitor.Role is null) yield break;
        yield return ("/", "Overview");
        yield return ("/jobs", "Jobs");
        yield return ("/studies", "Studies");
        yield return ("/sweeps", "Sweeps");
        yield return ("/models", "Models");
        yield return ("/workers", "Workers");
        if (visitor.IsAdmin) yield return ("/dead-letters", "Dead letters");
        if (visitor.MaySubmit) yield return ("/submit", "Submit");
        yield return ("/tenants", "Tenants");
        if (visitor.MayOperate) yield return ("/keys", "Keys");
        if (visitor.MayOperate) yield return ("/audit", "Audit");
    }
}
