using System.Reflection;
using System.Security.Cryptography;
using Ptune.Supervisor.Executors;

namespace Ptune.Supervisor.Slots;

/// <summary>The worker that the options describe, its defaults filled in.</summary>
/// <param name="EndsHost">The process is there for the worker alone and ends with it.</param>
internal sealed record Worker(WorkerOptions Options, HubOptions Hub, bool EndsHost)
{
    public string Id { get; } = Options.Id
        ?? $"{Environment.MachineName.ToLowerInvariant()}-{Environment.ProcessId}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}";

    public string Executor { get; } = ExecutorCommand.Find(Options.Executor)!;

    public string Cache { get; } = Path.GetFullPath(Options.Cache ?? Path.Combine(DefaultCache(), "ptune-worker"));

    /// <summary>What the cache may hold; null: no limit.</summary>
    public long? CacheBytes { get; } = Options.CacheGiB is { } limit ? (long)(limit * (1 << 30)) : null;

    /// <summary>The device of each slot.</summary>
    public string[] Devices { get; } = DevicesOf(Options);

    /// <summary>Of each device, in GiB; null: not known.</summary>
    public double? MemoryGiB { get; } = Options.MemoryGiB
        ?? (Options.Device == WorkerOptions.Cpu ? Math.Floor(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30) * 10) / 10 : null);

    public string Version { get; } = typeof(Worker).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    private static string[] DevicesOf(WorkerOptions options)
    {
        if (options.Device == WorkerOptions.Cpu)
            return [.. Enumerable.Repeat(WorkerOptions.Cpu, options.Executors ?? Math.Max(1, Environment.ProcessorCount / options.Threads))];
        var devices = CudaDevices.Count();
        return [.. Enumerable.Range(0, options.Executors ?? devices).Select(slot => $"{WorkerOptions.Cuda}:{slot % devices}")];
    }

    private static string DefaultCache() => Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named
        ? named
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
