using Microsoft.Win32.SafeHandles;

namespace Ptune.Protocol;

/// <summary>
/// An executor's standard input and output, taken for the protocol. Afterwards whatever writes to standard output, a native library
/// too, writes to standard error, and whatever reads standard input finds its end: the protocol's bytes stay its own.
/// </summary>
public sealed class StandardStreams
{
    private StandardStreams(Stream input, Stream output)
    {
        Input = input;
        Output = output;
    }

    public Stream Input { get; }

    public Stream Output { get; }

    /// <summary>Takes them. Once, before anything else of the program runs.</summary>
    /// <exception cref="IOException">A stream is closed.</exception>
    public static StandardStreams Take()
    {
        var input = Posix.Duplicate(Posix.StandardInput);
        var output = Posix.Duplicate(Posix.StandardOutput);
        using (var nothing = File.OpenHandle("/dev/null"))
            Posix.Redirect((int)nothing.DangerousGetHandle(), Posix.StandardInput);
        Posix.Redirect(Posix.StandardError, Posix.StandardOutput);
        return new StandardStreams(Open(input, FileAccess.Read), Open(output, FileAccess.Write));
    }

    private static FileStream Open(int file, FileAccess access) => new(new SafeFileHandle(file, ownsHandle: true), access, bufferSize: 0);
}
