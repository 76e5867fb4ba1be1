using System.Collections.Concurrent;
using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Silo.Admission.Texts;
using Ptune.Storage.Files;

namespace Ptune.Silo.Admission;

/// <summary>What is checked of texts before a worker is taken: that the files are there, can be read, and begin as their data set says. What was found of a file is kept until it changes.</summary>
internal sealed class TextFilesCheck
{
    // Of a data set, unpacked. The files behind them are looked for, and no more.
    private const long MostBytes = 4 * TextFileCheck.MostBytes;

    private const int MostKnown = 10_000;

    private readonly ConcurrentDictionary<(string Path, long Bytes, DateTime Written, string Format), IReadOnlyList<TextFault>> _known = new();

    public IReadOnlyList<SpecProblem> Check(TextDatasetSpec dataset, string folder, string path, SpecPositions positions, CancellationToken cancellation)
    {
        var problems = new List<SpecProblem>();
        foreach (var (name, known) in new RecordFields(dataset).Unknown())
            problems.Add(positions.Problem($"{path}.fields.{name}", $"This format has no field '{name}'.", $"Known: {known}."));
        // Names and places do not change what is right.
        var format = JsonSerializer.Serialize(dataset with { Name = "", Location = "", Files = [] }, SpecJson.Options);
        var left = MostBytes;
        foreach (var (key, declared) in dataset.Declared())
        {
            cancellation.ThrowIfCancellationRequested();
            var file = Path.Combine(folder, declared.Path);
            var at = $"{path}.{key}.path";
            var (faults, problem) = NamedFile.Look(at, file, positions, content => Faults(content, file, dataset, format, ref left));
            if (problem is not null) problems.Add(problem);
            foreach (var fault in faults ?? [])
                problems.Add(positions.Problem(at, $"'{file}'{(fault.Line is { } line ? $", line {line}" : "")}: {fault.Message}", fault.Fix));
        }
        return problems;
    }

    private IReadOnlyList<TextFault> Faults(RegularFile content, string file, TextDatasetSpec dataset, string format, ref long left)
    {
        var key = (file, content.Length, File.GetLastWriteTimeUtc(file), format);
        if (_known.TryGetValue(key, out var found)) return found;
        if (left <= 0 && content.Length > 0 && TextFileEnding.Of(file).Kind is not null) return [];
        (found, var bytes) = TextFileCheck.Check(content, file, dataset);
        left -= bytes;
        if (_known.Count >= MostKnown) _known.Clear();
        return _known[key] = found;
    }
}
