namespace Ptune.Silo.Configuration;

/// <summary>Whether callers say who they are.</summary>
internal enum AuthMode
{
    /// <summary>Every caller needs a key.</summary>
    Required,

    /// <summary>Every caller is let in. On loopback only.</summary>
    None,
}
