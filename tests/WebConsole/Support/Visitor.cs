using System.Net;
using System.Text.RegularExpressions;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Tests.Support;

/// <summary>A browser without a script: it keeps cookies, and sends forms as pages hold them.</summary>
public sealed partial class Visitor : IDisposable
{
    private readonly CookieContainer _cookies = new();

    public Visitor(Uri server, string tenant)
    {
        Tenant = tenant;
        _cookies.Add(server, new Cookie(TenantCookie.Name, tenant));
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server };
        Http.DefaultRequestHeaders.Add("Accept", "text/html");
    }

    public string Tenant { get; }

    public HttpClient Http { get; }

    public async Task<string> ReadAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Http.GetAsync(path);
        Assert.Equal(expected, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Sends the form of a page that goes to this action, with its hidden fields, but for those that are given.</summary>
    public async Task<HttpResponseMessage> SendAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await Http.PostAsync(action, new FormUrlEncodedContent([.. Fields(await ReadAsync(page), action).Where(hidden => !fields.Any(given => given.Name == hidden.Key)), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));

    /// <summary>The hidden fields of the form that goes to an action.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Fields(string html, string action)
    {
        var form = Form().Matches(html).First(m => WebUtility.HtmlDecode(m.Groups["action"].Value) == action).Groups["body"].Value;
        return Hidden().Matches(form).Select(m => KeyValuePair.Create(m.Groups["name"].Value, WebUtility.HtmlDecode(m.Groups["value"].Value)));
    }

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("""<form[^>]*method="post"[^>]*action="(?<action>[^"]*)"[^>]*>(?<body>.*?)</form>""", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("""<input type="hidden" name="(?<name>[^"]*)" value="(?<value>[^"]*)" ?/?>""")]
    private static partial Regex Hidden();
}
