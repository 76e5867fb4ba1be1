using System.Runtime.InteropServices;

namespace Ptune.Learning;

/// <summary>The device ran out of memory. Another worker with more of it may do the job.</summary>
public sealed class DeviceMemoryException(string device, Exception inner)
    : Exception($"The device '{device}' ran out of memory: {FirstLine(inner.Message)}", inner)
{
    // libtorch reports it as a bare ExternalException; only its text tells.
    private static readonly string[] _signs = ["out of memory", "not enough memory", "can't allocate memory", "bad_alloc"];

    internal static bool Is(Exception error) =>
        error is OutOfMemoryException
        || (error is ExternalException && _signs.Any(sign => error.Message.Contains(sign, StringComparison.OrdinalIgnoreCase)));

    private static string FirstLine(string text) => text.Split('\n', 2)[0];
}
