using System.Text.Json;
using System.Text.RegularExpressions;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;

namespace Ptune.Silo.Stores;

/// <summary>A job, study or sweep that is not final.</summary>
/// <param name="Noun">job, study or sweep.</param>
/// <param name="Jobs">Of a study or sweep, the ids of its jobs.</param>
/// <param name="Resolved">Of a study or sweep, the digests for which the names in its spec stood when it was submitted: those are what it uses, whatever becomes of the names.</param>
internal sealed partial record UnfinishedItem(string Id, string Noun, string Name, Spec Spec, IReadOnlyList<string> Jobs, IReadOnlyDictionary<string, string> Resolved)
{
    /// <summary>Its whole spec, in which digests and aliases can be looked for whatever its kind.</summary>
    public string SpecText { get; } = JsonSerializer.Serialize(Spec, SpecJson.Options);

    /// <summary>Every SHA-256 that it uses, in 64 hexadecimal digits: files of data sets and of models among them.</summary>
    public IEnumerable<string> Digests() => Sha256().Matches(SpecText).Select(match => match.Value).Concat(Resolved.Values.Select(Digest.Hex));

    [GeneratedRegex("(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")]
    private static partial Regex Sha256();
}
