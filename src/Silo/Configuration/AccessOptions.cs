namespace Ptune.Silo.Configuration;

/// <summary>Who may come in besides those with an API key.</summary>
internal sealed class AccessOptions
{
    /// <summary>Issuers by a name of one's own, as <c>Access:Issuers:NAME:Authority</c>. Default: none.</summary>
    public Dictionary<string, IssuerOptions> Issuers { get; set; } = [];
}
