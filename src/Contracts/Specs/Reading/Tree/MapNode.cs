namespace Ptune.Contracts.Specs.Reading;

/// <summary>Keys and their values, in the order of the file.</summary>
internal sealed class MapNode : SpecNode
{
    private readonly Dictionary<string, (ScalarNode Key, SpecNode Value)> _first = [];

    public MapNode(IReadOnlyList<(ScalarNode Key, SpecNode Value)> members, int line, int column)
        : base(line, column)
    {
        Members = members;
        foreach (var member in members) _first.TryAdd(member.Key.Text, member);
    }

    /// <summary>All of them: a repeated key is here as often as it is written.</summary>
    public IReadOnlyList<(ScalarNode Key, SpecNode Value)> Members { get; }

    /// <summary>The value of the first such key; null when there is none.</summary>
    public SpecNode? Find(string key) => _first.TryGetValue(key, out var member) ? member.Value : null;

    /// <summary>True when an equal key comes before this one.</summary>
    public bool IsRepeat(ScalarNode key) => _first[key.Text].Key != key;
}
