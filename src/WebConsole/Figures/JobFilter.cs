using Ptune.Contracts.Jobs;

namespace Ptune.WebConsole.Figures;

/// <summary>Which rows a list shows, as its address says it. What it does not know is left out rather than refused: addresses are edited by hand.</summary>
/// <param name="Status">The name of a status, "open" for all that have not ended, or empty.</param>
/// <param name="After">The id of the row before the page.</param>
public sealed record JobFilter(string Status, string Kind, string Pool, string Name, string After)
{
    public const string Open = "open";

    public static JobFilter Of(IQueryCollection query) => new(One(query, "status"), One(query, "kind"), One(query, "pool"), One(query, "name"), One(query, "after"));

    public bool IsNarrow => Status.Length + Kind.Length + Pool.Length + Name.Length > 0;

    public JobStatus[]? Statuses => Status == Open ? JobStatusExtensions.NotFinal : Enum.TryParse<JobStatus>(Status, ignoreCase: true, out var status) && Enum.IsDefined(status) ? [status] : null;

    /// <summary>The address of a list with this filter.</summary>
    public string Address(string path)
    {
        (string Name, string Value)[] parts = [("status", Status), ("kind", Kind), ("pool", Pool), ("name", Name), ("after", After)];
        var query = string.Join('&', parts.Where(p => p.Value.Length > 0).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value)}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string One(IQueryCollection query, string name) => query[name].ToString() is { Length: <= 200 } value ? value.Trim() : "";
}
