using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;

namespace Ptune.Silo.Http;

/// <summary>The server of itself.</summary>
internal static class MetaEndpoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet(Routes.Version, Version).WithQuery().WithSummary("The server").WithDescription("Its version, mode, process and the dashboard's address.");

    private static Ok<ServerInfo> Version(ServerInfo info) => TypedResults.Ok(info);
}
