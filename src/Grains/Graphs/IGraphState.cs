using Ptune.Contracts.Jobs;
using Ptune.Contracts.Stores;
using Ptune.Grains.Shell;

namespace Ptune.Grains.Graphs;

/// <summary>The state of what owns jobs: a study or a sweep.</summary>
internal interface IGraphState<TSelf> : IStoredState<TSelf>
    where TSelf : class, IGraphState<TSelf>
{
    /// <summary>Running, Cancelling, Succeeded, Failed or Cancelled.</summary>
    JobStatus Status { get; }

    JobGraph Graph { get; }

    /// <summary>The device time that its jobs are likely to take, in seconds by their ids; null: nobody has asked.</summary>
    Dictionary<string, double>? Estimates { get; }

    /// <summary>What the catalog is told of it.</summary>
    JobRow Row { get; }
}
