using System.Text.RegularExpressions;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Security;

/// <summary>What a request for an API key may say, whoever sends it.</summary>
internal static partial class ApiKeyRules
{
    private const int LongestName = 100;

    /// <summary>What is wrong; null: nothing.</summary>
    public static string? Problem(ApiKeyRequest request)
    {
        if (!Enum.IsDefined(request.Role)) return $"A key has one of the roles {string.Join(", ", Enum.GetNames<Role>().Select(name => name.ToLowerInvariant()))}.";
        if (request is { Role: Role.Admin, Tenant: not (null or ApiKeyView.AllTenants) }) return "An admin has all tenants: leave the tenant out.";
        if (request.Tenant is { } tenant && tenant != ApiKeyView.AllTenants && !JobIds.IsTenant(tenant))
            return $"'{tenant}' is not a valid tenant name: use lowercase letters, digits and '-', at most 63 characters.";
        if (request.Name is { } name && (name.Trim().Length == 0 || name.Length > LongestName || name.Any(char.IsControl))) return $"A key's name may have at most {LongestName} characters, and no control characters.";
        return request.Expires is { } text && !Form().IsMatch(text) ? $"'{text}' does not say how long a key is valid: {Durations.Advice}." : null;
    }

    /// <summary>The tenant of the key that is asked for.</summary>
    /// <param name="usual">Where the request names none.</param>
    public static string Tenant(ApiKeyRequest request, string usual) => request.Role == Role.Admin ? ApiKeyView.AllTenants : request.Tenant ?? usual;

    public static TimeSpan? Lifetime(ApiKeyRequest request) => Durations.Parse(request.Expires);

    /// <summary>What the audit trail calls the key, which has no id yet.</summary>
    public static string Target(ApiKeyRequest request) => request.Name ?? "without a name";

    /// <summary>What the key is to be, in the audit trail's words.</summary>
    public static string Words(ApiKeyRequest request, string tenant) =>
        $"{request.Role.Word()} of {(tenant == ApiKeyView.AllTenants ? "all tenants" : tenant)}, {(request.Expires is { } life ? $"expires after {life}" : "does not expire")}";

    [GeneratedRegex(Durations.Form)]
    private static partial Regex Form();
}
