using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Storage.Serialization;

/// <summary>A job's needs in a row of the catalog: JSON. Many rows have the same, so what was read last is kept.</summary>
internal static class NeedsText
{
    private static Reading? _last;

    public static string Write(Needs needs) => JsonSerializer.Serialize(needs, SpecJson.Options);

    public static Needs Read(string text)
    {
        if (Volatile.Read(ref _last) is { } last && last.Text == text) return last.Needs;
        var needs = JsonSerializer.Deserialize<Needs>(text, SpecJson.Options)!;
        Volatile.Write(ref _last, new Reading(text, needs));
        return needs;
    }

    private sealed record Reading(string Text, Needs Needs);
}
