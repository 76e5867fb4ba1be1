using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ptune.Contracts.Specs.Reading;

/// <summary>Reads a spec from YAML (JSON is YAML, too) and finds everything that is wrong with it at once.</summary>
public static class SpecReader
{
    /// <summary>Larger texts are refused unread.</summary>
    public const int MaxCharacters = 1_000_000;

    /// <summary>Deeper texts are refused before they are loaded, since loading recurses.</summary>
    public const int MaxDepth = 64;

    /// <summary>The spec with its defaults filled in, or the problems; never both, never an exception for what the text says.</summary>
    public static SpecReading Read(string text)
    {
        var positions = new SpecPositions();
        if (text.Length > MaxCharacters)
            return Refused(positions, new SpecProblem("", 0, 0, $"The spec has {text.Length:N0} characters; at most {MaxCharacters:N0} are read.", "Check that this is the right file."));

        YamlStream stream = [];
        try
        {
            if (TooDeep(text) is { } mark)
                return Refused(positions, new SpecProblem("", (int)mark.Line, (int)mark.Column, $"The text is nested more than {MaxDepth} deep.", "No spec is; check that this is the right file."));
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            return Refused(positions, new SpecProblem("", (int)e.Start.Line, (int)e.Start.Column, $"This is not YAML: {Innermost(e)}", "Mend the text at this place."));
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner's own slips on damaged text, which it does not wrap.
            return Refused(positions, new SpecProblem("", 0, 0, $"This is not YAML: {e.Message}", "Check the file for stray characters."));
        }
        return stream.Documents.Count switch
        {
            0 => Refused(positions, new SpecProblem("", 1, 1, "The file is empty.", $"Start with 'apiVersion: {Spec.CurrentApiVersion}' and 'kind: ...'.")),
            1 => Bind(stream.Documents[0].RootNode, positions),
            var n => Refused(positions, Second(stream, n)),
        };
    }

    private static Mark? TooDeep(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > MaxDepth) return parser.Current.Start;
        }
        return null;
    }

    private static SpecReading Bind(YamlNode root, SpecPositions positions)
    {
        var binder = new SpecBinder(positions);
        var json = binder.Bind(root);
        var problems = binder.Problems;
        if (json is not null)
        {
            var spec = json.Deserialize<Spec>(SpecJson.Options)!;
            problems.AddRange(SpecRules.Check(spec, positions, binder.IsUnusable).Where(p => !binder.Touches(p.Path)));
            if (problems.Count == 0) return new SpecReading(spec, [], positions);
        }
        return Refused(positions, [.. problems.OrderBy(p => p.Line).ThenBy(p => p.Column)]);
    }

    private static SpecReading Refused(SpecPositions positions, params SpecProblem[] problems) => new(null, problems, positions);

    private static SpecProblem Second(YamlStream stream, int count)
    {
        var start = stream.Documents[1].RootNode.Start;
        return new SpecProblem("", (int)start.Line, (int)start.Column, $"The file holds {count} documents.", "Put each spec into a file of its own.");
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is { } inner) e = inner;
        return e.Message;
    }
}
