using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Ptune.Silo.Security;

/// <summary>The cookie of the console's login. It holds the key, encrypted, and ends after a working day.</summary>
internal sealed class LoginCookie(IDataProtectionProvider protection)
{
    public const string Name = "ptune-login";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("login").ToTimeLimitedDataProtector();

    public void Set(HttpContext http, string key) => http.Response.Cookies.Append(Name, _protector.Protect(key, s_lifetime), Options(http));

    public void Remove(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    /// <summary>The key; null: there is none that may be used.</summary>
    public string? Read(HttpRequest request)
    {
        if (request.Cookies[Name] is not { Length: > 0 } text || !CookieRule.Allows(request)) return null;
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
