using System.Text.Json;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>
/// Reads a spec from YAML (JSON is YAML, too) and finds everything that is wrong with it at once. Within <see cref="SpecLimits"/> that costs a
/// bounded time and memory, whatever the text says.
/// </summary>
public static class SpecReader
{
    /// <summary>As <see cref="Read(string, string?)"/>, from a file's or a request's bytes (<see cref="SpecEncoding"/>).</summary>
    public static SpecReading Read(ReadOnlySpan<byte> utf8) =>
        SpecEncoding.Decode(utf8) is var (text, problem) && text is not null ? Read(text) : new SpecReading(null, [problem!], new SpecPositions());

    /// <summary>The spec with its defaults filled in, or the problems; never both, never an exception for what the text says.</summary>
    /// <param name="text">YAML or JSON.</param>
    /// <param name="folder">Where the spec lies: relative paths of locations are read from there. Null: they are problems.</param>
    public static SpecReading Read(string text, string? folder = null)
    {
        var positions = new SpecPositions();
        var problems = new SpecProblems();
        try
        {
            text = SpecEncoding.WithoutByteOrderMark(text);
            if (text.Length > SpecLimits.Characters)
                throw new SpecTextException(0, 0, $"The spec has {text.Length:N0} characters; the limit is {SpecLimits.Characters:N0}.", "Check that this is the right file.");
            var root = SpecParser.Parse(text) ?? throw new SpecTextException(1, 1, "The file is empty.", $"Start with 'apiVersion: {Spec.CurrentApiVersion}' and 'kind: ...'.");
            var binder = new SpecBinder(positions, problems, folder);
            if (Bind(root, binder, positions, problems) is { } spec && problems.Count == 0) return new SpecReading(spec, [], positions) { IsResolved = binder.IsResolved };
        }
        catch (SpecTextException e)
        {
            problems.Add(e.Problem);
        }
        return new SpecReading(null, problems.InOrder(), positions);
    }

    private static Spec? Bind(SpecNode root, SpecBinder binder, SpecPositions positions, SpecProblems problems)
    {
        if (binder.Bind(root)?.Deserialize<Spec>(SpecJson.Options) is not { } spec) return null;
        // Neutral values would be filled as if they were meant, so only a spec without mistakes is.
        if (problems.Count == 0) spec = TextDefaults.Fill(RewardStarts.Fill(spec, positions));
        SpecRules.Check(spec, positions, problems, binder.Unusable);
        return spec;
    }
}
