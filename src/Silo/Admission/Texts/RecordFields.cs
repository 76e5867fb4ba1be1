using Ptune.Contracts.Specs;

namespace Ptune.Silo.Admission.Texts;

/// <summary>The fields of a data set's format, under the names that its files use.</summary>
internal sealed class RecordFields(TextDatasetSpec dataset)
{
    private static readonly string[] Roles = ["system", "user", "assistant", "tool"];

    /// <summary>By our names; null: a template decides, and what it reads is found out when it runs.</summary>
    public string[]? Wanted { get; } = dataset is { Template: not null, Format: not TextFormat.Messages } ? null : [.. TextFields.Of(dataset.Format)];

    /// <summary>The names of roles in the files.</summary>
    public IReadOnlyCollection<string> RoleNames => [.. Roles.Select(Name)];

    public string Name(string ours) => dataset.Fields?.GetValueOrDefault(ours, ours) ?? ours;

    /// <summary>Of the names that 'fields' renames, those that the format does not have.</summary>
    public IEnumerable<(string Name, string Known)> Unknown()
    {
        if (Wanted is null) return [];
        string[] known = dataset.Format == TextFormat.Messages ? [.. Wanted, "role", "content", .. Roles] : Wanted;
        return (dataset.Fields ?? []).Keys.Except(known).Select(name => (name, string.Join(", ", known)));
    }
}
