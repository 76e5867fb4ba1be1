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

    /// <summary>By how much the issuer's clock may differ from this server's. Default: 1 minute.</summary>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(1);
}
