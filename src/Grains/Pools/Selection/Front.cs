using Ptune.Grains.Pools.Index;
using Ptune.Grains.Pools.Policies;

namespace Ptune.Grains.Pools.Selection;

/// <summary>What of the queue a worker is looking at: the lanes that have the highest effective priority among what fits, and what stands in its way.</summary>
internal sealed class Front
{
    private readonly List<Lane> _tops = [];
    private readonly List<Lane> _delayed = [];
    private readonly List<Lane> _short = [];

    private Front(int best) => Best = best;

    /// <summary>The highest effective priority of a job that the worker may be given now; <see cref="int.MinValue"/>: there is none.</summary>
    public int Best { get; private set; }

    /// <summary>The lanes whose first job has it.</summary>
    public IReadOnlyList<Lane> Tops => _tops;

    /// <summary>Lanes with jobs in back-off that the worker could be given otherwise.</summary>
    public IReadOnlyList<Lane> Delayed => _delayed;

    /// <summary>Lanes whose jobs the worker could hold if less of its memory were in use.</summary>
    public IReadOnlyList<Lane> Short => _short;

    /// <summary>Looks at the lanes from the highest priority down, and no further than ageing could lift a job above what was found.</summary>
    public static Front Of(JobIndex index, Candidate worker, Ageing ageing, DateTimeOffset now)
    {
        var front = new Front(int.MinValue);
        var fits = new Dictionary<Shape, (bool Ever, bool Now)>(ReferenceEqualityComparer.Instance);
        foreach (var equals in index.Classes)
        {
            if (front.Best > equals.Priority + ageing.Bound) break;
            foreach (var lane in equals.Lanes)
            {
                if (Quota.IsFull(lane.Account)) continue;
                if (!fits.TryGetValue(lane.Shape, out var fit))
                {
                    fit.Ever = Fit.Obstacle(lane.Shape, worker) is null;
                    fit.Now = fit.Ever && Fit.HasRoom(lane.Shape, worker);
                    fits.Add(lane.Shape, fit);
                }
                if (fit.Ever) front.Look(lane, fit.Now, ageing, now);
            }
        }
        return front;
    }

    private void Look(Lane lane, bool hasRoom, Ageing ageing, DateTimeOffset now)
    {
        lane.Promote(now);
        if (hasRoom && lane.Delayed.Count > 0) _delayed.Add(lane);
        if (lane.Ready.First is not { } first) return;
        if (!hasRoom)
        {
            _short.Add(lane);
            return;
        }
        var effective = ageing.Effective(lane.Priority, first.Created, now);
        if (effective < Best) return;
        if (effective > Best) _tops.Clear();
        Best = effective;
        _tops.Add(lane);
    }
}
