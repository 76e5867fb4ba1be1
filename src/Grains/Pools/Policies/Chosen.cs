namespace Ptune.Grains.Pools.Policies;

/// <summary>A choice: the entry, and the older equals that have to wait for it.</summary>
internal sealed record Chosen(QueueEntry Entry, QueueEntry[] Overtaken);
