using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Jobs;

/// <summary>What every kind of job needs from its surroundings, on the training thread.</summary>
internal sealed class JobContext
{
    private const long _weightBytes = 64L << 30;
    private const long _splitBytes = 1L << 30;

    private readonly DatasetFiles _files;
    private readonly HiddenStateCache _splits;
    private readonly long _started;

    public JobContext(JobRun run)
    {
        Run = run;
        _started = run.Time.GetTimestamp();
        Device = ComputeDevice.Resolve(run.Device);
        var environment = ComputeDevice.Describe(run.Device, run.Threads);
        Environment = run.Spec.Training() is null ? environment : environment with { BatchParts = run.BatchParts };
        _files = new DatasetFiles(run.DataCacheFolder, run.OpenAddress, run.Secrets);
        PeakMemory.Reset();
        Weights = new WeightCache(WeightFolder, _weightBytes);
        States = new HiddenStateCache(Path.Combine(run.DataCacheFolder, "states"), JobEstimate.StateBudget, EnvironmentLine);
        Encodings = new HiddenStateCache(Path.Combine(run.DataCacheFolder, "encodings"), EncodedBytes.Budget, "");
        _splits = new HiddenStateCache(Path.Combine(run.DataCacheFolder, "splits"), _splitBytes, "");
        OutputFolder = Path.Combine(run.WorkFolder, "output");
        if (Directory.Exists(OutputFolder)) Directory.Delete(OutputFolder, recursive: true);
        Directory.CreateDirectory(OutputFolder);
    }

    public JobRun Run { get; }

    public Device Device { get; }

    public ExecutionEnvironment Environment { get; }

    public string OutputFolder { get; }

    /// <summary>Where weights lie that are computed in another type than they are stored in.</summary>
    public string WeightFolder => Path.Combine(Run.DataCacheFolder, "weights");

    /// <summary>The same, with its limit.</summary>
    public WeightCache Weights { get; }

    /// <summary>Hidden states of frozen language models, with their limit.</summary>
    public HiddenStateCache States { get; }

    /// <summary>Encoded texts, with their limit.</summary>
    public HiddenStateCache Encodings { get; }

    /// <summary>What bytes are exact within.</summary>
    public string EnvironmentLine
    {
        get
        {
            var parts = Environment.BatchParts > 1 ? $", batches in {Environment.BatchParts} parts" : "";
            return $"{Device.type.ToString().ToLowerInvariant()}, {Environment.Threads} thread(s), {Environment.Processor}, libtorch {Environment.Torch}{parts}";
        }
    }

    /// <summary>Writes a line into the job's log.</summary>
    public void Say(string line) => Run.OnLine?.Invoke(line);

    public double Seconds => Run.Time.GetElapsedTime(_started).TotalSeconds;

    public Examples ReadExamples(DataSpec data, bool labelsOnly = false) => Examples.Read(data, _files, labelsOnly);

    /// <summary>The folder of an input artifact.</summary>
    /// <exception cref="LearningException">It was not handed over.</exception>
    public string Input(string role) =>
        Run.Inputs.TryGetValue(role, out string? folder) && Directory.Exists(folder)
            ? folder
            : throw new LearningException($"The job's input '{role}' is not there{(folder is null ? "" : $": no folder {folder}")}.");

    /// <summary>The digest of an input artifact.</summary>
    /// <exception cref="LearningException">It was not handed over.</exception>
    public string InputDigest(string role) =>
        Run.InputDigests.TryGetValue(role, out string? digest) ? digest : throw new LearningException($"The digest of the job's input '{role}' was not handed over.");

    /// <summary>A network that is to be run on <paramref name="examples"/>.</summary>
    /// <exception cref="LearningException">It is damaged, of another role, or does not fit the examples.</exception>
    public (ImageClassifier Network, NetworkConfig Config) LoadNetwork(string input, NetworkRole role, Examples examples, bool trainable)
    {
        string folder = Input(input);
        var config = NetworkArtifact.ReadConfig(folder, role);
        RequireSameLabels($"The input '{input}'", config.Labels, examples.LabelNames);
        if (config.Input != examples.Size)
            throw new LearningException($"The input '{input}' reads images of {config.Input} pixels, but the data set's have {examples.Size}.");
        return (NetworkArtifact.Load(folder, config, Device, trainable), config);
    }

    /// <summary>The texts that the job reads.</summary>
    public TextSelection ReadTexts(DataSpec data) => TextSelection.Read(data, _files, _splits.Numbers);

    /// <summary>The texts that an early stopping looks at: its count of them, or all where the split has fewer.</summary>
    /// <param name="held">The validation split of the data that are trained on.</param>
    /// <exception cref="DataException">The split is empty.</exception>
    public TextSelection ReadHeldTexts(DataSpec held) => TextSelection.Read(held, _files, _splits.Numbers, atMost: true);

    /// <summary>A declared file, after its digest has been taken.</summary>
    public string Find(IDatasetSpec dataset, DataFile file) => _files.Find(dataset, file);

    /// <summary>An uploaded file, after its digest has been taken.</summary>
    public string Upload(ImportFile file) =>
        _files.Find(new TextDatasetSpec { Name = file.Path, Location = IDatasetSpec.Uploads, Files = [] }, new DataFile { Path = file.Path, Sha256 = file.Sha256 });

    /// <summary>What a job on language models made: the files, or all below the output folder.</summary>
    public JobOutcome.Completed Complete(
        ArtifactKind kind,
        IReadOnlyDictionary<string, double> metrics,
        IReadOnlyDictionary<string, string> attributes,
        IReadOnlyDictionary<string, double>? measurements = null,
        IReadOnlyList<LossPoint>? curve = null,
        IReadOnlyList<string>? labels = null,
        bool resumedElsewhere = false,
        IReadOnlyList<string>? files = null) => new()
        {
            Kind = kind,
            Files = files ?? [.. Directory.EnumerateFiles(OutputFolder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(OutputFolder, file)).Order(StringComparer.Ordinal)],
            Metrics = metrics,
            LossCurve = curve ?? [],
            Attributes = attributes,
            Measurements = new SortedDictionary<string, double>((measurements ?? new Dictionary<string, double>()).ToDictionary(), StringComparer.Ordinal)
            {
                [MetricNames.Seconds] = Seconds,
                [MetricNames.PeakMemory] = PeakMemory.Bytes(),
            },
            OutputSpace = attributes.GetValueOrDefault(AttributeNames.OutputSpace),
            Labels = labels,
            Environment = Environment,
            ResumedElsewhere = resumedElsewhere,
        };

    public JobOutcome.Completed Complete(
        ArtifactKind kind,
        IEnumerable<string> files,
        Examples examples,
        IReadOnlyDictionary<string, double> metrics,
        IReadOnlyDictionary<string, double> measurements,
        IReadOnlyDictionary<string, string>? attributes = null,
        IReadOnlyList<LossPoint>? curve = null,
        bool resumedElsewhere = false)
    {
        var facts = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            [AttributeNames.OutputSpace] = OutputSpace.OfLabels(examples.LabelNames),
            [AttributeNames.Data] = examples.Fingerprint,
        };
        foreach (var (split, digest) in examples.SplitDigests) facts[AttributeNames.SplitIndex(split)] = digest;
        foreach (var (name, value) in attributes ?? new Dictionary<string, string>()) facts[name] = value;
        return new JobOutcome.Completed
        {
            Kind = kind,
            Files = [.. files.Order(StringComparer.Ordinal)],
            Metrics = metrics,
            LossCurve = curve ?? [],
            Attributes = facts,
            Measurements = new SortedDictionary<string, double>(measurements.ToDictionary(), StringComparer.Ordinal) { [MetricNames.Seconds] = Seconds },
            OutputSpace = facts[AttributeNames.OutputSpace],
            Labels = examples.LabelNames,
            Environment = Environment,
            ResumedElsewhere = resumedElsewhere,
        };
    }

    /// <exception cref="LearningException">They differ.</exception>
    public static void RequireSameLabels(string what, IReadOnlyList<string> actual, IReadOnlyList<string> expected)
    {
        if (actual.SequenceEqual(expected)) return;
        throw new LearningException(
            $"{what} has another output space than the data set: labels [{string.Join(", ", actual)}], not [{string.Join(", ", expected)}]. Names and order must be equal.");
    }
}
