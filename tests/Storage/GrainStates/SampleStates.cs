using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Storage.Embedded;
using Ptune.Storage.Serialization;

namespace Ptune.Storage.Tests.GrainStates;

/// <summary>States to store, and an embedded store's grain storage without a silo around it.</summary>
internal static class SampleStates
{
    public const string Name = "sample";

    public static readonly GrainId Grain = GrainId.Create("sample", "one");

    public static readonly ServiceProvider Serialization = new ServiceCollection().AddSerializer().BuildServiceProvider();

    public static SampleState Full { get; } = new()
    {
        Number = long.MaxValue,
        Spec = new NoOpSpec { Name = "nothing", Seed = 5 },
        Created = Rows.Noon.AddTicks(1),
        Metrics = new() { ["accuracy"] = 0.1 + 0.2, ["smallest"] = double.Epsilon },
        Askers = ["a", "ä\u2028\"\\"],
        Status = JobStatus.Cancelling,
        Checkpoint = new StoredCheckpoint("checkpoints/x", "sha256:00", 12, 3, 4),
        Lease = TimeSpan.FromTicks(123_456_789),
    };

    /// <summary>A state whose parts all tell the same number, so that a mixture of two is seen.</summary>
    public static SampleState Numbered(long number) => new() { Number = number, Metrics = new() { ["number"] = number }, Lease = TimeSpan.FromTicks(number) };

    /// <summary>What a state says, for comparing.</summary>
    public static string Text(SampleState state) => JsonSerializer.Serialize(state, SpecJson.Options);

    public static IGrainStorage Storage(EmbeddedStore store) =>
        new SqliteGrainStorage(store.Database, new SpecJsonGrainStorageSerializer(), Serialization.GetRequiredService<IActivatorProvider>());

    public static async Task<HeldState> ReadAsync(EmbeddedStore store)
    {
        var state = new HeldState();
        await Storage(store).ReadStateAsync(Name, Grain, state);
        return state;
    }
}
