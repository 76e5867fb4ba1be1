using System.Text.Json.Serialization.Metadata;

namespace Ptune.Contracts.Specs;

/// <summary>Members of specs that had another name before.</summary>
internal static class FormerNames
{
    /// <summary>The member's former name; null when it never had one.</summary>
    public static string? FormerName(this JsonPropertyInfo property) =>
        (property.AttributeProvider?.GetCustomAttributes(typeof(FormerNameAttribute), inherit: true) as FormerNameAttribute[])?.FirstOrDefault()?.Name;

    /// <summary>True for the entry through which the former name is read.</summary>
    public static bool IsFormer(this JsonPropertyInfo property) => property.Get is null && property.FormerName() == property.Name;
}
