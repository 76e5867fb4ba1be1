namespace Ptune.Contracts.Registry;

/// <summary>How an alias such as <c>vit@v2</c> is cut into a registry grain's key and a version.</summary>
public static class RegistryKeys
{
    public static (string Key, string Version) Of(string tenant, string alias)
    {
        var at = alias.IndexOf('@', StringComparison.Ordinal);
        return ($"{tenant}/{alias[..at]}", alias[(at + 1)..]);
    }
}
