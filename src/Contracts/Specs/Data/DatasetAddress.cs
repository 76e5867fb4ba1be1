using System.Text.RegularExpressions;

namespace Ptune.Contracts.Specs;

/// <summary>
/// The http(s) address of a data set. Its files lie below its path, and its query goes with each request. A spec is stored and shown, so an address holds no secret: <c>${NAME}</c> in its
/// credentials, path or query stands for a text that only workers know.
/// </summary>
public sealed partial record DatasetAddress
{
    // Of these parameters the values are known to be no secrets.
    private static readonly HashSet<string> s_open = new(StringComparer.OrdinalIgnoreCase)
    {
        "dl", "download", "export", "format", "inline", "raw", "ref", "rev", "revision", "snapshot", "version", "versionId",
    };

    private DatasetAddress(string root, string? credentials, string path, string? query, bool hasFragment) =>
        (Root, Credentials, Path, Query, HasFragment) = (root, credentials, path, query, hasFragment);

    private string Root { get; }

    private string? Credentials { get; }

    private string Path { get; }

    private string? Query { get; }

    private bool HasFragment { get; }

    /// <summary>The address without what may be secret, for messages and logs.</summary>
    public string Shown => $"{Root}{Path}{(string.IsNullOrEmpty(Query) ? "" : "?...")}";

    /// <summary>Whether a location is an address, and not a folder.</summary>
    public static bool IsAddress(string location) =>
        location.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || location.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where the location is not a usable http(s) address.</summary>
    public static DatasetAddress? Parse(string location)
    {
        if (!IsAddress(location) || location.Any(char.IsControl)) return null;
        var (rest, fragment) = Cut(location, '#');
        (rest, var query) = Cut(rest, '?');
        var hostAt = rest.IndexOf("://", StringComparison.Ordinal) + 3;
        var pathAt = rest.IndexOf('/', hostAt) is var at && at >= 0 ? at : rest.Length;
        var credentialsEnd = rest.LastIndexOf('@', pathAt - 1, pathAt - hostAt);
        var credentials = credentialsEnd >= 0 ? rest[hostAt..credentialsEnd] : null;
        var root = rest[..hostAt] + rest[(credentialsEnd >= 0 ? credentialsEnd + 1 : hostAt)..pathAt];
        return Uri.TryCreate(root, UriKind.Absolute, out var host) && host.Host.Length > 0
            ? new DatasetAddress(root, credentials, rest[pathAt..].TrimEnd('/'), query, fragment is not null)
            : null;
    }

    /// <summary>Why a spec may not contain it; null where it may.</summary>
    public string? Problem()
    {
        if (HasFragment) return "The address has a fragment ('#...'), which is never sent.";
        if (Credentials is { } credentials && !OpenCredentials().IsMatch(credentials)) return "The address contains credentials. Specs are stored and displayed.";
        var secret = Query?.Split('&').FirstOrDefault(parameter => !IsOpen(parameter));
        return secret is null ? null : $"The query parameter '{Cut(secret, '=').Before}' may be a secret. Specs are stored and displayed.";
    }

    /// <summary>The names in <c>${NAME}</c>, each once.</summary>
    public IEnumerable<string> Secrets() => Reference().Matches($"{Credentials} {Path} {Query}").Select(match => match.Groups[1].Value).Distinct();

    /// <summary>The address of a file.</summary>
    /// <param name="file">Its path below the location, as it is named there: each part is escaped.</param>
    /// <param name="secret">The text that a name stands for.</param>
    /// <returns>What is asked for, and the credentials ("user:password") to send with it.</returns>
    public (Uri Address, string? Credentials) Of(string file, Func<string, string> secret)
    {
        var path = Reference().Replace(Path, match => Uri.EscapeDataString(secret(match.Groups[1].Value)));
        var query = Query is null ? null : Fill(Query, secret).TrimStart('?');
        var address = new Uri($"{Root}{path}/{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}{(string.IsNullOrEmpty(query) ? "" : $"?{query}")}");
        // What stood in an address was escaped, what a name stands for is not.
        var credentials = Credentials is null ? null : Fill(Uri.UnescapeDataString(Credentials), secret);
        return (address, credentials);
    }

    /// <summary>The address of a file, for messages and logs.</summary>
    public string ShownOf(string file) => $"{Root}{Path}/{file}{(string.IsNullOrEmpty(Query) ? "" : "?...")}";

    private static bool IsOpen(string parameter)
    {
        var (name, value) = Cut(parameter, '=');
        return string.IsNullOrEmpty(value ?? name) || s_open.Contains(name) || OnlyReference().IsMatch(value ?? name);
    }

    private static string Fill(string text, Func<string, string> secret) => Reference().Replace(text, match => secret(match.Groups[1].Value));

    private static (string Before, string? After) Cut(string text, char at) => text.IndexOf(at) is var i && i < 0 ? (text, null) : (text[..i], text[(i + 1)..]);

    [GeneratedRegex(@"\$\{([A-Za-z_][A-Za-z0-9_]{0,62})\}")]
    private static partial Regex Reference();

    [GeneratedRegex(@"\A\$\{[A-Za-z_][A-Za-z0-9_]{0,62}\}\z")]
    private static partial Regex OnlyReference();

    // NAME stands for "user:password", or for a password beside a user's name.
    [GeneratedRegex(@"\A([^:$]*:)?\$\{[A-Za-z_][A-Za-z0-9_]{0,62}\}\z")]
    private static partial Regex OpenCredentials();
}
