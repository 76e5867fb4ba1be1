namespace Ptune.Cli.Output;

/// <summary>Beginnings of ids that fit into a table and can be given to every command: the shortest that tell the shown ids apart.</summary>
internal sealed class ShortIds
{
    /// <summary>Among 10,000 other ids, one in 400,000 begins with the same eight digits.</summary>
    private const int Shortest = 8;

    private readonly string[] _sorted;
    private readonly bool _whole;

    /// <param name="ids">The ids that are shown: TENANT.HEX or sha256:HEX.</param>
    /// <param name="whole">Leave them as they are.</param>
    public ShortIds(IEnumerable<string> ids, bool whole)
    {
        _whole = whole;
        _sorted = [.. ids.Select(Distinctive).Distinct().Order(StringComparer.Ordinal)];
    }

    public string Of(string id)
    {
        var text = Distinctive(id);
        var at = Array.BinarySearch(_sorted, text, StringComparer.Ordinal);
        if (_whole || at < 0) return id;
        var length = Shortest;
        if (at > 0) length = Math.Max(length, Common(_sorted[at - 1], text) + 1);
        if (at + 1 < _sorted.Length) length = Math.Max(length, Common(_sorted[at + 1], text) + 1);
        return length < text.Length ? text[..length] : text;
    }

    /// <summary>Without the tenant, which all share, or the name of the digest.</summary>
    private static string Distinctive(string id) => id[(id.LastIndexOfAny(['.', ':']) + 1)..];

    private static int Common(string a, string b) => a.AsSpan().CommonPrefixLength(b);
}
