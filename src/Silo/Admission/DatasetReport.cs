using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Admission;

/// <summary>Gathers what is wrong with a spec's data set.</summary>
internal sealed class DatasetReport(SpecData data, SpecPositions positions)
{
    private readonly List<SpecProblem> _problems = [];

    public IReadOnlyList<SpecProblem> Problems => _problems;

    /// <summary>The data set, of images.</summary>
    public ImageDatasetSpec Images => (ImageDatasetSpec)data.Dataset;

    /// <param name="path">Below the data set's own place in the spec.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="fix">What to do.</param>
    public void Add(string path, string message, string fix) => AddAt($"{data.Path}.{path}", message, fix);

    /// <param name="path">The whole path.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="fix">What to do.</param>
    public void AddAt(string path, string message, string fix) => _problems.Add(positions.Problem(path, message, fix));
}
