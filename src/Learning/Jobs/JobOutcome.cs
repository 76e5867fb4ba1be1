using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;

namespace Ptune.Learning.Jobs;

/// <summary>How a try ended: the artifact stands, or it was stopped and can go on. What failed is an exception.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>The job is done.</summary>
    public sealed record Completed : JobOutcome
    {
        /// <summary>What the files are.</summary>
        public required ArtifactKind Kind { get; init; }

        /// <summary>The artifact's files below the work folder's <c>output/</c>, sorted. The same job makes the same bytes.</summary>
        public required IReadOnlyList<string> Files { get; init; }

        /// <summary>Figures that are the same for the same job, by the names of <see cref="Contracts.Artifacts.MetricNames"/>.</summary>
        public required IReadOnlyDictionary<string, double> Metrics { get; init; }

        /// <summary>About a hundred points of the training loss; empty where nothing was trained.</summary>
        public required IReadOnlyList<LossPoint> LossCurve { get; init; }

        /// <summary>Fingerprints and the like, by the names of <see cref="Contracts.Artifacts.AttributeNames"/>.</summary>
        public required IReadOnlyDictionary<string, string> Attributes { get; init; }

        /// <summary>Times and rates: they differ from run to run.</summary>
        public required IReadOnlyDictionary<string, double> Measurements { get; init; }

        /// <summary>Fingerprint of the output space; null where there is none.</summary>
        public string? OutputSpace { get; init; }

        /// <summary>The labels' names in order; null where the artifact has none.</summary>
        public IReadOnlyList<string>? Labels { get; init; }

        /// <summary>What it ran on: the bytes are exact within it.</summary>
        public required ExecutionEnvironment Environment { get; init; }

        /// <summary>True when it went on from a checkpoint of another environment: the bytes may then differ from an uninterrupted run's.</summary>
        public bool ResumedElsewhere { get; init; }
    }

    /// <summary>The job was asked to stop.</summary>
    /// <param name="Checkpoint">The file to go on from; null where this try has nothing new to keep: an earlier checkpoint still stands.</param>
    /// <param name="Step">The step that the checkpoint stands at.</param>
    public sealed record Stopped(string? Checkpoint, long Step) : JobOutcome;
}
