using Ptune.Learning.Formats;

namespace Ptune.Learning.Tuning;

/// <summary>A copy of a run's state in the host's memory.</summary>
internal sealed record CheckpointImage(long Step, TensorBytes[] Tensors, IReadOnlyDictionary<string, string> Metadata);
