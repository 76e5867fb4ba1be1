using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Http;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.FakeSilo;

/// <summary>A language model and a patch of it in the store, uploads that are counted, and what a generation writes.</summary>
public sealed class FakeModels
{
    public const string Model = "smol@v1", Patch = "terms@v1", Taken = "taken@v1", Reward = "tone@v3", LoraReward = "legal@v1";

    /// <summary>What every job makes.</summary>
    public static readonly string Digest = "sha256:" + new string('a', 64);

    public static readonly string PatchDigest = "sha256:" + new string('9', 64);

    public static readonly string RewardDigest = "sha256:" + new string('5', 64), LoraRewardDigest = "sha256:" + new string('6', 64);

    private readonly ConcurrentDictionary<string, long> _uploads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _names = new(StringComparer.Ordinal) { [Taken] = "sha256:" + new string('7', 64), [Model] = Digest };

    /// <summary>The digests of the files that were sent.</summary>
    public ICollection<string> Uploads => _uploads.Keys;

    /// <summary>The bytes that came, of all requests.</summary>
    public long Received { get; private set; }

    /// <summary>The specs of jobs that were submitted.</summary>
    public ConcurrentQueue<JobSpec> Specs { get; } = [];

    public string? DigestOf(string name) => _names.GetValueOrDefault(name);

    public void Take(JobSpec spec)
    {
        Specs.Enqueue(spec);
        if (spec.Publish is { } name) _names[name] = Digest;
    }

    public void Map(WebApplication app)
    {
        app.MapGet(Routes.Upload, View);
        app.MapPut(Routes.Upload, (Delegate)(async (HttpContext http, string sha256) =>
        {
            var before = Received;
            await foreach (var bytes in ReadAsync(http)) Received += bytes;
            if (Received > before) _uploads[sha256] = Received - before;
            return View(sha256);
        }));
    }

    public static ArtifactView? Artifact(string reference)
    {
        if (reference is Reward or LoraReward) return RewardOf(reference == LoraReward);
        var isPatch = reference == Patch || reference == PatchDigest;
        if (!isPatch && reference != Model && reference != Digest) return null;
        var manifest = new ArtifactManifest
        {
            Kind = isPatch ? ArtifactKind.Patch : ArtifactKind.Model,
            JobId = FakeRuns.JobId,
            Files = [new ArtifactFile("config.json", Digest, 10)],
            Recipe = new NoOpSpec(),
            OutputSpace = "sha256:" + new string('b', 64),
            Metrics = new() { [MetricNames.Parameters] = 134_515_008, [MetricNames.Vocabulary] = 49_152 },
            Attributes = new() { [AttributeNames.Family] = "llama", [AttributeNames.Dtype] = "bfloat16", [AttributeNames.Context] = "8192", [AttributeNames.Licence] = "apache-2.0", [AttributeNames.Notes] = "The first.\nThe second." },
        };
        return new ArtifactView(isPatch ? PatchDigest : Digest, manifest, [reference], 270_000_000, FakeRuns.Then);
    }

    private static ArtifactView RewardOf(bool isLora)
    {
        var manifest = new ArtifactManifest
        {
            Kind = ArtifactKind.Reward,
            JobId = FakeRuns.JobId,
            Files = [new ArtifactFile("reward.json", Digest, 10)],
            Recipe = new NoOpSpec(),
            Attributes = new() { [AttributeNames.Method] = isLora ? "lora" : "full", [AttributeNames.Base] = Digest },
        };
        return new ArtifactView(isLora ? LoraRewardDigest : RewardDigest, manifest, [isLora ? LoraReward : Reward], 1_000, FakeRuns.Then);
    }

    /// <summary>Answers as a generation's artifact holds them.</summary>
    public static string Generations(GenerationSpec spec)
    {
        var count = spec.Prompts?.Length ?? spec.Conversations?.Length ?? spec.PromptIds!.Length;
        return string.Concat(Enumerable.Range(0, count).Select(number => Answer(spec, number) + "\n"));
    }

    /// <summary>The job when the first of several prompts is answered.</summary>
    public static JobView Answered(JobView job, GenerationSpec spec) =>
        job with { Status = JobStatus.Running, Result = null, Progress = new JobProgress(1, 2, null, 0, new WrittenText(1, Text(1)[..3], [Answer(spec, 0)])) };

    /// <summary>The job while it writes.</summary>
    public static JobView Writing(JobView job, string text) => job with { Status = JobStatus.Running, Result = null, Progress = new JobProgress(0, 1, null, 0, new WrittenText(0, text)) };

    // No model continues the prompt "refused".
    private static string Answer(GenerationSpec spec, int number) => spec.Prompts?[number] == "refused"
        ? """{"promptIds":[1],"error":"The prompt is refused."}"""
        : $$"""{"promptIds":[1,2],"ids":[3,4,0],"text":"{{Text(number)}}","finish":"eos"}""";

    public static string Text(int number) => $"answer {number} is whole";

    private UploadView View(string sha256) =>
        _uploads.TryGetValue(sha256, out var bytes) ? new UploadView(sha256, bytes, bytes, true) : new UploadView(sha256, 0, null, false);

    private static async IAsyncEnumerable<int> ReadAsync(HttpContext http)
    {
        var buffer = new byte[1000];
        while (await http.Request.Body.ReadAsync(buffer) is var read and > 0) yield return read;
    }
}
