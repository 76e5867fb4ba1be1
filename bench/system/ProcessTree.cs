namespace Ptune.WholeSystem.Bench;

/// <summary>A process and its descendants, read from /proc.</summary>
internal static class ProcessTree
{
    /// <summary>Bytes of memory that the tree holds: proportional set sizes, so that a shared page counts once.</summary>
    public static long Bytes(int root) => Members(root).Sum(Pss);

    private static IEnumerable<int> Members(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), out var id)) continue;
            if (Read($"/proc/{id}/stat") is { } stat) parents[id] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        return parents.Keys.Where(id => Ancestors(id, parents).Contains(root));
    }

    private static IEnumerable<int> Ancestors(int id, Dictionary<int, int> parents)
    {
        for (var at = id; at != 0 && parents.TryGetValue(at, out var parent); at = parent) yield return at;
    }

    private static long Pss(int id)
    {
        var line = Read($"/proc/{id}/smaps_rollup")?.Split('\n').FirstOrDefault(l => l.StartsWith("Pss:", StringComparison.Ordinal));
        return line is null ? 0 : 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process has ended meanwhile.
            return null;
        }
    }
}
