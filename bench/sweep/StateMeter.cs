using System.Diagnostics;
using Orleans.Runtime;
using Orleans.Storage;

namespace Ptune.Sweep.Bench;

/// <summary>Counts the writes of sweeps' states, and their time.</summary>
internal sealed class StateMeter
{
    private const string Sweep = "sweep";
    private int _writes;
    private long _ticks;

    public int Writes => _writes;

    /// <summary>In all, with waiting for the disk.</summary>
    public TimeSpan Spent => Stopwatch.GetElapsedTime(0, _ticks);

    public IGrainStorage Over(IGrainStorage storage) => new Metered(this, storage);

    private sealed class Metered(StateMeter meter, IGrainStorage storage) : IGrainStorage
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ReadStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => storage.ClearStateAsync(stateName, grainId, grainState);

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var begin = Stopwatch.GetTimestamp();
            await storage.WriteStateAsync(stateName, grainId, grainState);
            if (stateName != Sweep) return;
            Interlocked.Increment(ref meter._writes);
            Interlocked.Add(ref meter._ticks, Stopwatch.GetTimestamp() - begin);
        }
    }
}
