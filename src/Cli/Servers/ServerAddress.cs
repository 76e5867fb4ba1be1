namespace Ptune.Cli.Servers;

/// <summary>The address that a user gives for a server.</summary>
internal static class ServerAddress
{
    private const string Version = "/v1";

    /// <exception cref="CliException">It is not the address of a server.</exception>
    public static Uri Parse(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw Wrong(text, "is not the address of a server.", "http://HOST:PORT");
        var plain = address.GetLeftPart(UriPartial.Authority);
        if (address.UserInfo.Length > 0) throw Wrong(text.Replace(address.UserInfo, "...", StringComparison.Ordinal), "holds a user or password, which a server does not take.", $"{plain.Replace(address.UserInfo + "@", "", StringComparison.Ordinal)}, and give the token with --token or PTUNE_TOKEN");
        if (address.Query.Length > 0 || address.Fragment.Length > 0) throw Wrong(text, "has a part behind its path.", address.GetLeftPart(UriPartial.Path));
        var path = address.AbsolutePath.TrimEnd('/');
        if (path.EndsWith(Version, StringComparison.Ordinal)) throw Wrong(text, $"ends in {Version}, which the client adds by itself.", plain + path[..^Version.Length]);
        return address;
    }

    /// <summary>As messages name it.</summary>
    public static string Show(Uri address) => address.AbsoluteUri.TrimEnd('/');

    private static CliException Wrong(string text, string why, string right) => new(ExitCode.Usage, $"'{text}' {why}", $"Write {right}.");
}
