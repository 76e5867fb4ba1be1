using System.Text.RegularExpressions;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Workers.Tests.Fakes;

namespace Ptune.Workers.Tests;

/// <summary>What tests of workers with the executor that trains share: something small to learn, and how it is put to a worker.</summary>
internal sealed partial class Trainings : IDisposable
{
    private readonly TemporaryFolder _folder = new("tiny");

    public Trainings() => Dataset = new TinyDataset(_folder.Location);

    public TinyDataset Dataset { get; }

    public string PathOf(string file) => _folder.PathOf(file);

    /// <param name="blobs">What another worker has left; default: nothing.</param>
    public static Task<TestWorker> StartAsync(MemoryBlobs? blobs = null) => TestWorker.StartAsync(TestWorker.Defaults with { Executor = Programs.Executor }, blobs);

    public static FakeJob Put(TestWorker worker, JobSpec spec, string? id = null, StoredCheckpoint? checkpoint = null, long epoch = 3) =>
        worker.Put(spec.Name, lease => lease with { Spec = spec, JobId = id ?? lease.JobId, Checkpoint = checkpoint, Epoch = epoch });

    /// <summary>Waits until the job has a checkpoint in the store.</summary>
    /// <returns>Its name.</returns>
    public static async Task<string> CheckpointAsync(TestWorker worker) =>
        (await Eventually.ValueAsync("a checkpoint is stored", () => Task.FromResult(worker.Blobs.Under("checkpoints/")), names => names.Length > 0))[0];

    /// <summary>The processes that ran the worker's attempts, one for each attempt that has begun.</summary>
    public static int[] ProcessesOf(TestWorker worker) => [.. ProcessLine().Matches(worker.Log()).Select(match => int.Parse(match.Groups[1].Value))];

    public void Dispose() => _folder.Dispose();

    [GeneratedRegex(@", process (\d+)\n")]
    private static partial Regex ProcessLine();
}
