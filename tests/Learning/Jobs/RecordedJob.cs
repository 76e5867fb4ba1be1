using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Fixtures.Data;
using Ptune.Learning.Jobs;

namespace Ptune.Learning.Tests.Jobs;

/// <summary>A training that an earlier revision did to its end, and a checkpoint from the midst of it that the same revision wrote: tests/fixtures/stores.</summary>
internal sealed class RecordedJob
{
    private readonly string _folder;
    private readonly RecordedStore _store;

    /// <param name="folder">The store is unpacked into it.</param>
    /// <param name="kind">FineTuning or RewardTuning.</param>
    public RecordedJob(string folder, string kind)
    {
        _folder = folder;
        _store = RecordedStore.WithStudy(folder);
        var checkpoints = Directory.GetFiles(Repository.PathOf("tests", "fixtures", "stores", "f11f5e3.checkpoints")).ToDictionary(file => Path.GetFileNameWithoutExtension(file));
        var job = RecordedStore.Answers["jobs"]!.AsArray().Single(job => (string)job!["kind"]! == kind && checkpoints.ContainsKey(JobIds.Digits((string)job["jobId"]!)))!;
        string id = (string)job["jobId"]!;
        Checkpoint = checkpoints[JobIds.Digits(id)];
        Manifest = ManifestOf((string)RecordedStore.Answers["artifacts"]!.AsArray().Single(artifact => (string)artifact!["jobId"]! == id)!["digest"]!);
    }

    /// <summary>Where the checkpoint lies; it is not to be written.</summary>
    public string Checkpoint { get; }

    /// <summary>Of what the training made.</summary>
    public ArtifactManifest Manifest { get; }

    /// <summary>The same job again, in the folder <c>again</c>.</summary>
    public JobRun Run() => new()
    {
        JobId = Manifest.JobId,
        Spec = Manifest.Recipe switch
        {
            FineTuningSpec spec => spec with { Data = Here(spec.Data) },
            RewardTuningSpec spec => spec with { Data = Here(spec.Data) },
            var other => throw new InvalidOperationException($"{other.GetType().Name} is not expected."),
        },
        Inputs = Manifest.Inputs.ToDictionary(input => input.Key, input => LayOut(input.Value)),
        InputDigests = Manifest.Inputs,
        DataCacheFolder = Path.Combine(_folder, "cache"),
        WorkFolder = Directory.CreateDirectory(Path.Combine(_folder, "again")).FullName,
    };

    // A manifest's recipe is what identifies the job: where the data lie is no part of it.
    private DataSpec Here(DataSpec data)
    {
        string folder = Path.Combine(_folder, "data");
        var images = (ImageDatasetSpec)data.Dataset;
        var files = images.Files;
        return data with
        {
            Dataset = images with
            {
                Name = "bars",
                Location = folder,
                Files = new IdxFiles { TrainImages = Found(files.TrainImages), TrainLabels = Found(files.TrainLabels), TestImages = Found(files.TestImages), TestLabels = Found(files.TestLabels) },
            },
        };

        DataFile Found(DataFile file) => file with
        {
            Path = Path.GetFileName(Directory.GetFiles(folder).Single(path => Digest.Of(File.ReadAllBytes(path)) == Digest.Prefix + file.Sha256)),
        };
    }

    private string LayOut(string digest)
    {
        string folder = Directory.CreateDirectory(Path.Combine(_folder, "inputs", Digest.Hex(digest))).FullName;
        foreach (var file in ManifestOf(digest).Files) File.Copy(Blob(file.Digest), Path.Combine(folder, file.Path));
        return folder;
    }

    private ArtifactManifest ManifestOf(string digest) => CanonicalJson.Read<ArtifactManifest>(File.ReadAllBytes(Blob(digest)));

    private string Blob(string digest) => Path.Combine(_store.Location, "blobs", "content", Digest.Hex(digest)[..2], Digest.Hex(digest));
}
