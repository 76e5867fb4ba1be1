namespace Ptune.Learning.Adaptation;

/// <summary>An adapter cannot be used rightly, or does not fit its base; the message says why and, where something can be done, what.</summary>
public sealed class AdapterRefusedException(string message, Exception? inner = null) : LearningException(message, inner);
