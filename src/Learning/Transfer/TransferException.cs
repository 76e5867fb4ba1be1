namespace Ptune.Learning;

/// <summary>Artifacts that do not go together (output spaces, data, numbers of examples), or a port that did nothing.</summary>
public sealed class TransferException(string message) : LearningException(message);
