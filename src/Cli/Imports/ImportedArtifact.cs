using Ptune.Cli.Output;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Imports;

/// <summary>Says what was imported, and what can be done with it.</summary>
internal static class ImportedArtifact
{
    public static void Write(Terminal terminal, OutputFormat format, ImportOrder order, ArtifactView artifact, bool wasThere)
    {
        var manifest = artifact.Manifest;
        string? Attribute(string name) => manifest.Attributes.GetValueOrDefault(name);
        string? Figure(string name, string pattern = "#,0") => manifest.Metrics.TryGetValue(name, out var value) ? Words.Figure(value, pattern) : null;
        terminal.Write(format, artifact, console => TextTable.Pairs(console,
        [
            ("imported", order.Name), ("digest", artifact.Digest), ("kind", Words.Lower(manifest.Kind)),
            ("family", Attribute(AttributeNames.Family)), ("method", Attribute(AttributeNames.Method)), ("parameters", Figure(MetricNames.Parameters)),
            ("dtype", Attribute(AttributeNames.Dtype)), ("vocabulary", Figure(MetricNames.Vocabulary)),
            ("context", Attribute(AttributeNames.Context)), ("labels", manifest.Labels is { Length: > 0 } labels ? string.Join(", ", labels) : null),
            ("rank", Figure(MetricNames.Rank)), ("targets", Attribute(AttributeNames.Targets)), ("base", Attribute(AttributeNames.Base)),
            ("licence", Attribute(AttributeNames.Licence)), ("commit", Attribute(AttributeNames.Commit)),
            ("weights", order.IsReference ? $"stay in {Path.GetFullPath(order.From)}; the import holds as long as they do not change" : null),
            ("size", Words.Bytes(artifact.Bytes)),
        ]));
        foreach (var note in Attribute(AttributeNames.Notes)?.Split('\n') ?? []) terminal.Note($"note: {note}");
        if (wasThere) terminal.Note(order.IsFromHub ? "This repository and revision was imported before; --fresh fetches it again." : "It was imported before; nothing was computed.");
        if (!format.IsTable()) return;
        terminal.Note("Next:");
        foreach (var line in Next(order, manifest)) terminal.Note($"  {line}");
    }

    private static IEnumerable<string> Next(ImportOrder order, ArtifactManifest manifest)
    {
        if (manifest.Kind == ArtifactKind.Patch)
        {
            var model = order.Base!;
            yield return $"ptune generate {model} --patch {order.Name} --prompt 'Once upon a time'";
            yield return $"ptune apply {model} --patch {order.Name} --to FOLDER";
            yield break;
        }
        if (manifest.OutputSpace is not null && manifest.Metrics.ContainsKey(MetricNames.Vocabulary)) yield return $"ptune generate {order.Name} --prompt 'Once upon a time'";
        yield return $"ptune artifacts {order.Name}";
        yield return $"ptune artifacts get {order.Name} --to FOLDER";
    }
}
