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

    /// <summary>
    /// The key; null: there is none that may be used. Another site's page sends no cookie (SameSite), but one of another server under the same domain may, so a change also has to come
    /// from a page of this server.
    /// </summary>
    public string? Read(HttpRequest request)
    {
        if (request.Cookies[Name] is not { Length: > 0 } text || !(IsReading(request.Method) || IsFromHere(request))) return null;
        try
        {
            return _protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static bool IsReading(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method);

    /// <summary>Browsers say it in one header or the other.</summary>
    private static bool IsFromHere(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site
        ? site == "same-origin"
        : Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value;

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", IsEssential = true };
}
