using Ptune.Contracts.Identity;
using Ptune.Contracts.Registry;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission;

/// <summary>The models that an admin allows a tenant to start from (<see cref="TenantSettings.Models"/>): digests, and names in the tenant's own registry, which only admins set from then on.</summary>
/// <param name="grains">Where names are looked up.</param>
/// <param name="tenant">Whose names.</param>
/// <param name="listed">The list.</param>
internal sealed class AllowedModels(IGrainFactory grains, string tenant, string[] listed)
{
    private HashSet<string>? _digests;

    /// <summary>Whether the list names an alias: by itself, or by its name before the <c>@</c>.</summary>
    public static bool Name(string[]? listed, string alias) =>
        listed is not null && listed.Any(model => model == alias || (alias.Length > model.Length && alias[model.Length] == '@' && alias.StartsWith(model, StringComparison.Ordinal)));

    /// <summary>Whether an artifact is listed, by its digest or by a name that stands for it now.</summary>
    public async Task<bool> ContainsAsync(string digest)
    {
        if (listed.Contains(digest)) return true;
        _digests ??= [.. (await Task.WhenAll(listed.Where(model => !InputRef.IsDigest(model)).Select(NamedAsync))).SelectMany(digests => digests)];
        return _digests.Contains(digest);
    }

    private async Task<string[]> NamedAsync(string model)
    {
        var cut = model.IndexOf('@', StringComparison.Ordinal);
        var grain = grains.GetGrain<IRegistryGrain>(RegistryKeys.Of(tenant, cut < 0 ? $"{model}@v1" : model).Key);
        if (cut >= 0) return await grain.Resolve(model[(cut + 1)..]) is { } digest ? [digest] : [];
        return [.. (await grain.History()).GroupBy(row => row.Alias).Select(rows => rows.Last().Digest).Where(digest => digest.Length > 0)];
    }
}
