namespace Ptune.Grains.Pools.Index;

/// <summary>The lanes of one priority.</summary>
internal sealed class PriorityClass(int priority)
{
    private readonly Dictionary<(Account Account, Shape Shape), Lane> _byKey = [];
    private readonly List<Lane> _lanes = [];

    public int Priority => priority;

    public IReadOnlyList<Lane> Lanes => _lanes;

    public Lane Lane(Account account, Shape shape)
    {
        if (_byKey.TryGetValue((account, shape), out var lane)) return lane;
        lane = new Lane(priority, account, shape);
        _byKey.Add((account, shape), lane);
        _lanes.Add(lane);
        return lane;
    }

    public void Forget(Lane lane)
    {
        _byKey.Remove((lane.Account, lane.Shape));
        _lanes.Remove(lane);
    }
}
