using System.Collections.Concurrent;

namespace Ptune.Contracts.Specs;

/// <summary>Endings of names of files of texts beyond those that every server knows. Workers read such files, and servers accept them unread.</summary>
public static class TextFileEndings
{
    private static readonly ConcurrentDictionary<string, bool> s_added = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an ending, before the first spec is read.</summary>
    /// <param name="ending">With its dot: .tsv.</param>
    public static void Add(string ending) => s_added.TryAdd(ending, true);

    /// <summary>Whether it was added.</summary>
    public static bool IsAdded(string ending) => s_added.ContainsKey(ending);
}
