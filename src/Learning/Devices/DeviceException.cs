namespace Ptune.Learning;

/// <summary>The asked device, or libtorch itself, is not on this machine.</summary>
public sealed class DeviceException(string message, Exception? inner = null) : LearningException(message, inner);
