using Ptune.Contracts.Http;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Maps everything that <see cref="Routes"/> names.</summary>
internal static class Api
{
    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("").RequireAuthorization(Policies.Viewer).AddEndpointFilter(Tenants.Check);
        JobEndpoints.Map(Tagged(api, "Jobs"));
        WaitEndpoints.Map(Tagged(api, "Jobs"));
        LogEndpoints.Map(Tagged(api, "Jobs"));
        StudyEndpoints.Map(Tagged(api, "Studies"));
        SweepEndpoints.Map(Tagged(api, "Sweeps"));
        ArtifactEndpoints.Map(Tagged(api, "Artifacts"));
        ShareEndpoints.Map(Tagged(api, "Artifacts"));
        NamedEndpoints.Map(Tagged(api, "Artifacts"));
        NameEndpoints.Map(Tagged(api, "Artifacts"));
        UploadEndpoints.Map(Tagged(api, "Store"));
        StoreEndpoints.Map(Tagged(api, "Store"));
        PoolEndpoints.Map(Tagged(api, "Workers"));
        DeadLetterEndpoints.Map(Tagged(api, "Messages"));
        AuditEndpoints.Map(Tagged(api, "Audit"));
        PlanEndpoints.Map(Tagged(api, "Plans"));
        TenantEndpoints.Map(Tagged(api, "Access"));
        KeyEndpoints.Map(Tagged(api, "Access"));
        MetaEndpoints.Map(Tagged(api, "Server"));
        app.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(Policies.Viewer);
    }

    private static RouteGroupBuilder Tagged(RouteGroupBuilder api, string tag) => api.MapGroup("").WithTags(tag);
}
