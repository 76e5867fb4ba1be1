using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;
using Ptune.Silo.Configuration;
using Ptune.Silo.Security;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

/// <summary>A browser's login: at an issuer; or by the key that was typed, in a cookie that only the silos can read. Each request checks the key anew, so a revoked one opens nothing more.</summary>
internal sealed class LoginSource(HttpOptions options, LoginCookie cookie, People people, ApiKeyCache keys, ILoginRecord record, TimeProvider time) : ILoginSource
{
    public bool IsOpen => !options.RequiresAccess;

    public async Task<string?> EnterAsync(HttpContext http, string key)
    {
        key = key.Trim();
        var (name, id, grant) = (AccessHandler.SettingsName, (string?)null, new Grant(Grant.All, Role.Admin));
        if (!AccessHandler.IsToken(options, key))
        {
            if (ApiKeyText.Parse(key) is not { } text || await keys.FindAsync(text) is not { } found) return "The key is unknown.";
            if (found.Revoked is not null) return $"The key {found.Id} was revoked.";
            if (found.Expires <= time.GetUtcNow()) return $"The key {found.Id} has expired.";
            (name, id, grant) = (found.Name, found.Id, new Grant(found.Tenant, found.Role));
        }
        // Written first: where it cannot be, nobody is let in.
        await record.AcceptAsync(http, name, id, [grant], "let in by a key");
        await people.ForgetAsync(http);
        cookie.Set(http, key);
        return null;
    }

    public IReadOnlyList<(string Name, string Label)> Issuers => people.Ways;

    public Task<bool> BeginAsync(HttpContext http, string issuer, string next) => people.BeginAsync(http, issuer, next);

    public Task<(string Label, string Url)?> LeaveAsync(HttpContext http)
    {
        cookie.Remove(http);
        return people.LeaveAsync(http);
    }
}
