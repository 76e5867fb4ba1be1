using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Jobs;

/// <summary>The losses that attempts have reported on the way, so that a page can draw them: a few hundred points, evenly over the steps. In memory only; a result has the whole curve.</summary>
internal sealed class LossTrace
{
    /// <summary>At so many points every second one is left out, and those to come are twice as far apart.</summary>
    public const int Most = 256;

    private readonly List<LossPoint> _points = [];
    private long _gap = 1;

    /// <summary>In the order of their steps; the newest is always among them.</summary>
    public LossPoint[] Points => [.. _points];

    /// <summary>An attempt that goes on from a checkpoint reports the steps behind that again: they take the place of what was reported.</summary>
    public void Add(JobProgress? progress)
    {
        if (progress is not { Loss: { } loss, Step: var step }) return;
        _points.RemoveAll(point => point.Step >= step);
        if (_points.Count >= 2 && _points[^1].Step - _points[^2].Step < _gap) _points.RemoveAt(_points.Count - 1);
        _points.Add(new LossPoint(step, loss));
        if (_points.Count < Most) return;
        for (int i = Most - 3; i > 0; i -= 2) _points.RemoveAt(i);
        _gap = Math.Max(1, (_points[^1].Step - _points[0].Step) / (Most / 2));
    }
}
