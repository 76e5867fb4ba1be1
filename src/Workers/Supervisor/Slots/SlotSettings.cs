using Ptune.Supervisor.Attempts;

namespace Ptune.Supervisor.Slots;

/// <summary>What all slots of a worker have in common.</summary>
internal sealed record SlotSettings(string WorkerId, string Pool, TimeSpan ExecutorIdle, AttemptSettings Attempts, double? MemoryGiB, Dictionary<string, string> Labels);
