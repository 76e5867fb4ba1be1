namespace Ptune.Learning.Models.HuggingFace;

/// <summary>A folder holds no model that can be computed rightly; the message says why and, where something can be done, what.</summary>
public sealed class ModelRefusedException(string message, Exception? inner = null) : LearningException(message, inner);
