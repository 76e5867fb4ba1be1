namespace Ptune.Contracts.Messages;

/// <summary>How many dead letters were put back into their pools' queues.</summary>
public sealed record ReplayedLetters(int Replayed);
