namespace Ptune.Learning;

/// <summary>A file of a data set that is to be fetched.</summary>
/// <param name="Address">What is asked for; it may hold secrets.</param>
/// <param name="Credentials">User and password, "user:password", or null.</param>
/// <param name="Name">The address for messages and logs, without secrets.</param>
public sealed record WebFile(Uri Address, string? Credentials, string Name)
{
    /// <summary>Without what may be secret.</summary>
    public override string ToString() => Name;
}
