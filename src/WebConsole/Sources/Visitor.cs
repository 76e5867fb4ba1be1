namespace Ptune.WebConsole.Sources;

/// <summary>Who looks at a page, and what it may do there.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Tenant">Whose things are shown.</param>
/// <param name="Tenants">The tenants that it may choose among; empty: it cannot choose, or any name is allowed.</param>
/// <param name="MaySubmit">Submits, and handles the jobs that it asked for.</param>
/// <param name="MayOperate">Handles all jobs and names of the tenant.</param>
/// <param name="IsAdmin">Handles workers and dead letters, and sees all tenants.</param>
public sealed record Visitor(string Name, string Tenant, string[] Tenants, bool MaySubmit, bool MayOperate, bool IsAdmin);
