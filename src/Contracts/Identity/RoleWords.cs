namespace Ptune.Contracts.Identity;

/// <summary>Roles as people write them.</summary>
public static class RoleWords
{
    public static string Word(this Role role) => role.ToString().ToLowerInvariant();
}
