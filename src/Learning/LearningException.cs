namespace Ptune.Learning;

/// <summary>
/// What a job cannot do because of what it was given: the same input fails again, so it is not worth another try. Everything else
/// that comes out of this library (a full disk, a lost device) may pass.
/// </summary>
public class LearningException(string message, Exception? inner = null) : Exception(message, inner);
