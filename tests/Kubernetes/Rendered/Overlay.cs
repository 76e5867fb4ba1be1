using System.Collections.Concurrent;

namespace Ptune.Kubernetes.Tests.Rendered;

/// <summary>A kustomization of k8s/ as kubectl renders it, loaded strictly. Each is rendered once for all tests.</summary>
internal sealed class Overlay(string name, string yaml)
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Overlay>>> Rendered = new();

    private readonly List<object> _objects = StrictLoader.Load(yaml);

    /// <summary>base and every folder of overlays/: a new overlay is tested by being there.</summary>
    public static TheoryData<string> Names { get; } =
        ["base", .. Directory.GetDirectories(Repository.PathOf("k8s", "overlays")).Select(folder => $"overlays/{Path.GetFileName(folder)}").Order()];

    public string Name { get; } = name;

    public string Yaml { get; } = yaml;

    public IReadOnlyList<object> Objects => _objects;

    public IReadOnlyList<Workload> Workloads => [.. _objects.Select(Workload.From).OfType<Workload>()];

    public static Task<Overlay> RenderAsync(string name) =>
        Rendered.GetOrAdd(name, static key => new(async () => new(key, await Kubectl.KustomizeAsync($"k8s/{key}", CancellationToken.None)))).Value;

    public IEnumerable<T> All<T>() => _objects.OfType<T>();

    public Workload Named(string name) => Assert.Single(Workloads, workload => workload.Name == name);

    /// <summary>What a container finds in its environment as a literal: of the ConfigMaps that it imports and its own values.</summary>
    public IReadOnlyDictionary<string, string> Settings(V1Container container)
    {
        var imported = (container.EnvFrom ?? []).Where(source => source.ConfigMapRef is not null)
            .SelectMany(source => Assert.Single(All<V1ConfigMap>(), map => map.Metadata.Name == source.ConfigMapRef.Name).Data);
        var own = (container.Env ?? []).Where(variable => variable.Value is not null).Select(variable => KeyValuePair.Create(variable.Name, variable.Value));
        return imported.Concat(own).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Last().Value);
    }
}
