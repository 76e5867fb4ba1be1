using System.Text.RegularExpressions;

namespace Ptune.Silo.Configuration;

/// <summary>Each issuer has an address, an audience, and grants that can be read.</summary>
internal sealed partial class AccessValidator : ISectionValidator<AccessOptions>
{
    public IEnumerable<SettingProblem> Validate(AccessOptions options)
    {
        foreach (var (name, issuer) in options.Issuers)
        {
            var key = $"Access:Issuers:{name}";
            if (!Uri.TryCreate(issuer.Authority, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                yield return new($"{key}:Authority", $"'{issuer.Authority}' is not the address of an issuer.", "Write https://HOST.");
            else if (address.Scheme == "http" && !address.IsLoopback)
                yield return new($"{key}:Authority", "Keys that come over http can be changed on the way.", "Write https://HOST.");
            if (issuer.Audience.Length == 0) yield return new($"{key}:Audience", "No audience is given.", "Write the audience that the issuer puts into tokens for this server.");
            foreach (var grant in issuer.Grants.Where(grant => IssuerGrant.Parse(grant) is null))
                yield return new($"{key}:Grants", $"'{grant}' cannot be read.", "Write VALUE=TENANT/ROLE, as in ml-red=red/submitter; an admin has all tenants: platform=*/admin.");
            if (issuer.ClockSkew < TimeSpan.Zero || issuer.ClockSkew > TimeSpan.FromMinutes(10)) yield return new($"{key}:ClockSkew", $"'{issuer.ClockSkew}' cannot be used.", "It lies between 0:00:00 and 0:10:00.");
            if (issuer.ClientSecret is not null && issuer.ClientId is null) yield return new($"{key}:ClientId", "A client secret is given, and no client.", "Write the id of the console's client at the issuer.");
            if (issuer.ClientId is not null && !issuer.Scopes.Contains("openid", StringComparer.Ordinal)) yield return new($"{key}:Scopes", "The scope openid is missing; without it the issuer does not say who somebody is.", "Write openid;profile.");
            if (issuer.CliClientId is not null && !issuer.CliScopes.Contains("openid", StringComparer.Ordinal)) yield return new($"{key}:CliScopes", "The scope openid is missing; without it the issuer does not say who somebody is.", "Write openid;offline_access.");
            if (issuer.ClientId is not null && !Word().IsMatch(name)) yield return new(key, $"'{name}' cannot be a part of an address.", "Use letters, digits, '-' and '_'.");
        }
        if (options.Issuers.GroupBy(issuer => issuer.Value.Issuer ?? issuer.Value.Authority).FirstOrDefault(same => same.Count() > 1) is { } twice)
            yield return new("Access:Issuers", $"'{twice.Key}' is the issuer of {string.Join(" and ", twice.Select(issuer => issuer.Key))}.", "Write it once.");
    }

    [GeneratedRegex("^[A-Za-z0-9_-]+$")]
    private static partial Regex Word();
}
