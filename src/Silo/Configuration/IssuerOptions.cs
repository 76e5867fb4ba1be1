namespace Ptune.Silo.Configuration;

/// <summary>Somebody else who says who a caller is, by OpenID Connect: a company's login, or a Kubernetes cluster with its service accounts.</summary>
internal sealed class IssuerOptions
{
    /// <summary>The issuer's address. Its keys are read from <c>/.well-known/openid-configuration</c> below it. https, or http on loopback.</summary>
    public string Authority { get; set; } = "";

    /// <summary>The <c>iss</c> of its tokens. Default: the authority.</summary>
    public string? Issuer { get; set; }

    /// <summary>The <c>aud</c> that its tokens for this server have. There is no default: a token that was made for another service must not open this one.</summary>
    public string Audience { get; set; } = "";

    /// <summary>The claim that people are called by. Default: sub, the only one that an issuer never gives to somebody else.</summary>
    public string NameClaim { get; set; } = "sub";

    /// <summary>The claim whose values <see cref="Grants"/> speaks of. Default: groups. For service accounts: sub.</summary>
    public string Claim { get; set; } = "groups";

    /// <summary>What callers may do, by a value of their claim: <c>VALUE=TENANT/ROLE</c>, separated by ';', as <c>ml-red=red/submitter;platform=*/admin</c>. Several that fit add up. A caller that none fits may do nothing.</summary>
    public string[] Grants { get; set; } = [];

    /// <summary>The id of the console's client at the issuer: with it, the console offers a login there, by authorization code with PKCE. Default: none, and no such login. The redirect addresses to register are <c>/login/NAME/callback</c> and, for the logout, <c>/logout/NAME/callback</c>.</summary>
    public string? ClientId { get; set; }

    /// <summary>The secret of that client, if it has one. Default: none. <c>..._ClientSecret_FILE</c> names a file that holds it.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>What the console's login asks the issuer for. Default: openid and profile; many issuers tell groups only to those who ask for a scope more.</summary>
    public string[] Scopes { get; set; } = ["openid", "profile"];

    /// <summary>The id of the client of <c>ptune login</c> at the issuer, one without a secret that may use the device flow, or redirect addresses on loopback with any port. Default: none, and no such login.</summary>
    public string? CliClientId { get; set; }

    /// <summary>What <c>ptune login</c> asks the issuer for. Default: openid, and offline_access for a token that renews the others. Many issuers put <see cref="Audience"/> into tokens only for those who ask for a scope of its own.</summary>
    public string[] CliScopes { get; set; } = ["openid", "offline_access"];

    /// <summary>Whether the claims are also asked from the issuer's userinfo endpoint, for issuers that keep them out of the identity token. Default: false.</summary>
    public bool UserInfo { get; set; }

    /// <summary>What the login page calls the issuer. Default: its name in the settings.</summary>
    public string? Label { get; set; }

    /// <summary>By how much the issuer's clock may differ from this server's. Default: 1 minute.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}
