namespace Ptune.Learning.Adaptation;

/// <summary>Which layers get a low-rank delta.</summary>
/// <param name="Modules">Null: every linear layer but the output layer ("all-linear").</param>
internal sealed record LoraTargets(ModulePattern? Modules)
{
    /// <summary>Of these, the ones left out.</summary>
    public ModulePattern? Exclude { get; init; }

    /// <summary>Only these layers; null: all.</summary>
    public IReadOnlyList<long>? Layers { get; init; }

    /// <summary>What stands before a layer's number in a name; empty: whatever does.</summary>
    public IReadOnlyList<string> LayerNames { get; init; } = [];

    /// <param name="names">Of a module.</param>
    /// <param name="isLinear">Whether "all-linear" may mean it.</param>
    public bool Cover(IReadOnlyList<string> names, bool isLinear)
    {
        if (Exclude?.Matches(names) == true) return false;
        if (!(Modules?.Matches(names) ?? isLinear)) return false;
        return Layers is null || names.Any(name => LayerOf(name) is { } layer && Layers.Contains(layer));
    }

    // The last number between dots, as PEFT's greedy expression finds it.
    private long? LayerOf(string name)
    {
        string[] parts = name.Split('.');
        for (int i = parts.Length - 2; i > 0; i--)
        {
            if (!long.TryParse(parts[i], out long number) || (LayerNames.Count == 0 && i < 2)) continue;
            if (LayerNames.Count == 0 || LayerNames.Contains(parts[i - 1])) return number;
        }

        return null;
    }
}
