namespace Ptune.WebConsole.Sources;

/// <summary>Which rows of the audit trail are shown; an empty member selects all.</summary>
/// <param name="Since">A time, or a length of time before now.</param>
/// <param name="What">An action, its noun or its verb.</param>
/// <param name="Chain">A tenant, or system.</param>
/// <param name="After">Where the page begins.</param>
public sealed record AuditFilter(string Since, string Until, string Who, string What, string Chain, string After)
{
    public static AuditFilter Of(IQueryCollection query) => new(One(query, "since"), One(query, "until"), One(query, "who"), One(query, "what"), One(query, "chain"), One(query, "after"));

    public string Address()
    {
        (string Name, string Value)[] parts = [("since", Since), ("until", Until), ("who", Who), ("what", What), ("chain", Chain), ("after", After)];
        return "/audit?" + string.Join('&', parts.Where(p => p.Value.Length > 0).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
    }

    private static string One(IQueryCollection query, string name) => query[name].ToString() is { Length: <= 200 } value ? value.Trim() : "";
}
