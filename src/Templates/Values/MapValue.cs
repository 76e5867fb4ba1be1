namespace Ptune.Templates.Values;

/// <summary>A Python dict: in order of insertion, with Python's equality of keys (<c>1</c>, <c>1.0</c> and <c>True</c> are one key).</summary>
internal sealed class MapValue
{
    private readonly Dictionary<object, int> _index = new(KeyComparer.Instance);
    private readonly List<KeyValuePair<object?, object?>> _entries = [];

    public IReadOnlyList<KeyValuePair<object?, object?>> Entries => _entries;

    public int Count => _entries.Count;

    /// <summary>Sets a key; one that is there keeps its place and its first spelling.</summary>
    /// <exception cref="TemplateException">The key is a list or a dict.</exception>
    public void Set(object? key, object? value)
    {
        var wrapped = KeyComparer.Wrap(key);
        if (_index.TryGetValue(wrapped, out var at))
        {
            _entries[at] = new(_entries[at].Key, value);
            return;
        }
        _index.Add(wrapped, _entries.Count);
        _entries.Add(new(key, value));
    }

    /// <exception cref="TemplateException">The key is a list or a dict.</exception>
    public bool TryGet(object? key, out object? value)
    {
        if (_index.TryGetValue(KeyComparer.Wrap(key), out var at))
        {
            value = _entries[at].Value;
            return true;
        }
        value = null;
        return false;
    }
}
