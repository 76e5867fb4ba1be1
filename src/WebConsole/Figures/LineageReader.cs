using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Identity;
using Ptune.Contracts.Stores;
using Ptune.WebConsole.Sources;

namespace Ptune.WebConsole.Figures;

/// <summary>Reads an artifact's lineage from manifests.</summary>
internal sealed class LineageReader(ICatalog catalog, IArtifactSource artifacts)
{
    /// <summary>A graph with more nodes is not read any more.</summary>
    private const int MostNodes = 60;

    /// <summary>How many named artifacts are looked at for what was made from one.</summary>
    private const int MostNamed = 200;

    public async Task<Lineage> ReadAsync(string tenant, string subject, ArtifactManifest manifest, CancellationToken cancellation)
    {
        var names = new Dictionary<string, string>();
        await foreach (var alias in catalog.ListAliasesAsync(tenant, cancellation)) names.TryAdd(alias.Digest, alias.Alias);
        var known = new Dictionary<string, ArtifactManifest?> { [subject] = manifest };
        var edges = new List<(string From, string To, string Role)>();
        var cut = await UpAsync(subject, known, edges, cancellation);
        cut |= await DownAsync(subject, names, known, edges, cancellation);
        var columns = Columns(known.Keys, edges);
        return new Lineage([.. known.Select(k => new LineageNode(k.Key, names.GetValueOrDefault(k.Key) ?? Digest.Abbreviate(k.Key), k.Value?.Kind, columns[k.Key], k.Key == subject))], edges, cut);
    }

    private async Task<bool> UpAsync(string subject, Dictionary<string, ArtifactManifest?> known, List<(string, string, string)> edges, CancellationToken cancellation)
    {
        var open = new Queue<string>([subject]);
        while (open.TryDequeue(out var digest))
        {
            foreach (var (role, input) in known[digest]?.Inputs ?? [])
            {
                if (!known.ContainsKey(input))
                {
                    if (known.Count >= MostNodes) return true;
                    known[input] = await artifacts.ManifestAsync(input, cancellation);
                    open.Enqueue(input);
                }
                edges.Add((input, digest, role));
            }
        }
        return false;
    }

    private async Task<bool> DownAsync(string subject, Dictionary<string, string> named, Dictionary<string, ArtifactManifest?> known, List<(string, string, string)> edges, CancellationToken cancellation)
    {
        foreach (var digest in named.Keys.Where(d => d != subject).Take(MostNamed).ToArray())
        {
            if (known.ContainsKey(digest) || await artifacts.ManifestAsync(digest, cancellation) is not { } manifest) continue;
            var roles = manifest.Inputs.Where(i => i.Value == subject).ToArray();
            if (roles.Length == 0) continue;
            if (known.Count >= MostNodes) return true;
            known[digest] = manifest;
            edges.AddRange(roles.Select(r => (subject, digest, r.Key)));
        }
        return named.Count > MostNamed;
    }

    /// <summary>The longest way to each from what has no input. An artifact's digest holds those of its inputs, so there is no circle.</summary>
    private static Dictionary<string, int> Columns(IEnumerable<string> nodes, List<(string From, string To, string Role)> edges)
    {
        var inputs = edges.ToLookup(e => e.To, e => e.From);
        var columns = new Dictionary<string, int>();
        int Of(string node) => columns.TryGetValue(node, out var column) ? column : columns[node] = inputs[node].Select(Of).DefaultIfEmpty(-1).Max() + 1;
        foreach (var node in nodes) Of(node);
        return columns;
    }
}
