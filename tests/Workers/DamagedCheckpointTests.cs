using System.Buffers.Binary;
using System.Text.RegularExpressions;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Fixtures;
using Ptune.Workers.Tests.Fakes;

namespace Ptune.Workers.Tests;

/// <summary>The worker with the executor that trains, given checkpoints that something happened to before they were stored: their digest is right, their inside is not.</summary>
public sealed partial class DamagedCheckpointTests : IDisposable
{
    private const int Kinds = 7;

    private readonly Trainings _trainings = new();

    public void Dispose() => _trainings.Dispose();

    [Fact]
    public async Task Training_NewestCheckpointIsDamagedInAnyWay_GoesOnFromTheOneBeforeInTheSameProcessAndSaysSo()
    {
        var id = TestWorker.NewJobId();
        var spec = _trainings.Dataset.Pretraining(epochs: 400, checkpointEverySteps: 100);
        await using var undisturbed = await Trainings.StartAsync();
        var expected = (await Trainings.Put(undisturbed, spec, id).EndAsync<AttemptCompletion>()).Result.Artifact;
        var older = await CheckpointAsync(spec, id);

        await using var worker = await Trainings.StartAsync();
        for (var kind = 0; kind < Kinds; kind++)
        {
            var bytes = Damaged(older, kind);
            var newest = BlobNames.Checkpoint(id, 2, 999);
            worker.Blobs[BlobNames.Checkpoint(id, 1, 100)] = older;
            worker.Blobs[newest] = bytes;
            var job = Trainings.Put(worker, spec, id, new StoredCheckpoint(newest, Digest.Of(bytes), bytes.Length, 999, 2), epoch: 3 + kind);

            Assert.Equal(expected, (await EndAsync(job, epoch: 3 + kind)).Result.Artifact);
            Assert.Equal(kind + 1, Refusals().Count(worker.Log()));
            Assert.Equal(kind + 1, Fallbacks().Count(worker.Log()));
            await Eventually.IsTrueAsync("the checkpoints of the job are removed", () => worker.Blobs.Under("checkpoints/").Length == 0);
        }
        Assert.Single(Trainings.ProcessesOf(worker).Distinct());
    }

    private static Task<AttemptCompletion> EndAsync(FakeJob job, long epoch) => Eventually.ValueAsync(
        "the attempt ends",
        () => Task.FromResult(Assert.IsType<AttemptCompletion>(job.LastWords.Last())),
        completion => completion.Epoch == epoch,
        TimeSpan.FromMinutes(2));

    private static byte[] Damaged(byte[] sound, int kind)
    {
        byte[] bytes = [.. sound];
        switch (kind)
        {
            case 0:
                return [];
            case 1:
                return bytes[..(bytes.Length / 2)];
            case 2:
                bytes[^9] ^= 0x10;
                return bytes;
            case 3:
                BinaryPrimitives.WriteUInt64LittleEndian(bytes, ulong.MaxValue);
                return bytes;
            case 4:
                // It claims to stand at another step.
                bytes[bytes.AsSpan().IndexOf("\"step\":\"1"u8) + 8] = (byte)'2';
                return bytes;
            case 5:
                // Of another job.
                bytes[bytes.AsSpan().IndexOf("\"job\":\"default."u8) + 15] ^= 1;
                return bytes;
            default:
                new Random(kind).NextBytes(bytes);
                return bytes;
        }
    }

    /// <summary>A sound one, of an attempt that was killed.</summary>
    private static async Task<byte[]> CheckpointAsync(PretrainingSpec spec, string id)
    {
        await using var worker = await Trainings.StartAsync();
        Trainings.Put(worker, spec, id);
        var bytes = worker.Blobs[await Trainings.CheckpointAsync(worker)];
        await worker.StopAsync();
        return bytes;
    }

    [GeneratedRegex("Cannot resume from the checkpoint at step 999 of attempt 2")]
    private static partial Regex Refusals();

    [GeneratedRegex("Starting from the older checkpoint")]
    private static partial Regex Fallbacks();
}
