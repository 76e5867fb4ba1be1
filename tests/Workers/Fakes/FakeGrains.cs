using System.Collections.Concurrent;
using System.Reflection;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Pools;
using Ptune.Contracts.Workers;

namespace Ptune.Workers.Tests.Fakes;

/// <summary>A grain factory that knows jobs, one pool and one worker.</summary>
public class FakeGrains : DispatchProxy
{
    private readonly ConcurrentDictionary<string, FakeJob> _jobs = new(StringComparer.Ordinal);

    internal FakePool Pool { get; } = new();

    internal FakeWorkerGrain Worker { get; } = new();

    internal static (IGrainFactory Factory, FakeGrains Grains) Create()
    {
        var factory = Create<IGrainFactory, FakeGrains>();
        return (factory, (FakeGrains)factory);
    }

    internal FakeJob Job(string id) => _jobs.GetOrAdd(id, _ => new FakeJob());

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod is not { Name: "GetGrain", IsGenericMethod: true } || args is not [string key, ..]) throw new NotSupportedException($"{targetMethod}");
        var type = targetMethod.GetGenericArguments()[0];
        return type == typeof(IJobGrain) ? Job(key)
            : type == typeof(IPoolGrain) ? Pool
            : type == typeof(IWorkerGrain) ? Worker
            : throw new NotSupportedException($"{type}");
    }
}
