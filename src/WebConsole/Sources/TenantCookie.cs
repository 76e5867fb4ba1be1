namespace Ptune.WebConsole.Sources;

/// <summary>Which of its tenants a visitor looks at. The cookie is a wish: whoever says who the visitor is checks it.</summary>
public static class TenantCookie
{
    public const string Name = "ptune-tenant";

    public static string? Of(HttpRequest request) => request.Cookies[Name];
}
