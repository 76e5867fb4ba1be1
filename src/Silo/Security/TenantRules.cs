using Ptune.Contracts.Audit;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Security;

/// <summary>What a request for a tenant may say.</summary>
internal static class TenantRules
{
    private const int LongestList = 100;
    private const int LongestWord = 200;

    // What the client and the console write for a list that is left out, and for an empty one.
    private static readonly string[] s_wholeLists = ["all", "none"];

    /// <summary>What is wrong; null: nothing.</summary>
    public static string? Problem(TenantRequest request) => request.Name is { } name && JobIds.IsTenant(name)
        ? name == AuditChains.SystemWord ? $"'{name}' is reserved: it is the name of the audit trail's own chain." : Problem(request.Settings ?? new TenantSettings())
        : $"'{request.Name}' is not a valid tenant name: use lowercase letters, digits and '-', at most 63 characters.";

    public static string? Problem(TenantSettings settings)
    {
        if (!(settings.Weight >= 0.001 && settings.Weight <= 1000)) return "weight must be between 0.001 and 1000.";
        if (settings.MaxRunning < 1) return "maxRunning must be at least 1; leave it out for no limit.";
        if (settings.MaxQueued < 1) return "maxQueued must be at least 1; leave it out for no limit.";
        if (settings.Budget is { } budget && !(budget >= 0 && budget <= 1e9)) return "budget must be between 0 and 1,000,000,000 device-hours a month; leave it out for no limit.";
        foreach (var (list, words) in new[] { ("pools", settings.Pools), ("models", settings.Models), ("licences", settings.Licences) })
        {
            if (words?.Length > LongestList) return $"{list} may have at most {LongestList} entries.";
            if (words?.Any(word => word is not { Length: > 0 and <= LongestWord } || word.Any(char.IsControl)) == true) return $"{list} has an entry that is empty, too long, or has control characters.";
            if (words?.FirstOrDefault(s_wholeLists.Contains) is { } whole) return $"{list} has the entry '{whole}', which stands for a whole list: leave the list out for all, or let it be empty for none.";
        }
        if (settings.Pools?.FirstOrDefault(pool => !PoolName.IsValid(pool)) is { } other) return $"'{other}' is not a valid pool name. {PoolName.Form}";
        return settings.Models?.FirstOrDefault(model => !InputRef.IsDigest(model) && !InputRef.IsAlias(model.Contains('@') ? model : $"{model}@v1")) is { } wrong
            ? $"'{wrong}' is not a model: write NAME@VERSION, NAME or a digest." : null;
    }
}
