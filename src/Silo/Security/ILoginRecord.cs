using Ptune.Contracts.Audit;

namespace Ptune.Silo.Security;

/// <summary>Remembers who has logged in to the console.</summary>
internal interface ILoginRecord
{
    /// <summary>Called before the login is granted.</summary>
    /// <param name="http">The request.</param>
    /// <param name="name">What the caller is called.</param>
    /// <param name="keyId">The API key's id; null: it is another login.</param>
    /// <param name="grants">What the caller may do; at least one.</param>
    /// <param name="way">How, in words.</param>
    /// <exception cref="AuditUnavailableException">It cannot be remembered: nobody is to be let in.</exception>
    Task AcceptAsync(HttpContext http, string name, string? keyId, IReadOnlyCollection<Grant> grants, string way);
}
