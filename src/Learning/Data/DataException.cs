namespace Ptune.Learning;

/// <summary>A data set is missing, is not the declared one, or does not fit what is asked of it.</summary>
public sealed class DataException(string message, Exception? inner = null) : LearningException(message, inner);
