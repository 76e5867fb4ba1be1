using Ptune.Contracts.Identity;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Security;

/// <summary>Who may do what by one route.</summary>
/// <param name="Route">Its method and pattern.</param>
/// <param name="Least">The least role that may; null: anybody, without a key.</param>
/// <param name="Path">The path of red's thing; null: the route has no parameters.</param>
/// <param name="Unknown">The same path for a thing that does not exist; null: there are no things of tenants at this route.</param>
/// <param name="Body">What is sent.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Own">The statuses that those who may can get.</param>
public sealed record RouteRow(
    string Route, Role? Least, Func<TenantServer, string>? Path = null, string? Unknown = null, string? Body = null, string Type = "application/json", int[]? Own = null)
{
    public HttpMethod Method => new(Route.Split(' ')[0]);

    public string Pattern => Route.Split(' ')[1];

    public override string ToString() => Route;
}
