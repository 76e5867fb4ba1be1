using System.Runtime.InteropServices;

namespace Ptune.Cli.Output;

/// <summary>
/// Standard output or error. The runtime's own stream drops what it writes to a pipe without a reader, so a command that follows something would never
/// learn that its reader has left.
/// </summary>
/// <param name="descriptor">1 or 2.</param>
/// <param name="mayFail">
/// Whether a failed write is an exception. What cannot be written to standard error has nowhere else to go, and must not end the work that it tells about.
/// </param>
internal sealed class StandardStream(int descriptor, bool mayFail) : Stream
{
    private const int PollOut = 4;
    // Closed by whoever started the program: nobody wants to see what would be written there.
    private bool _isOpen = Descriptors.IsInherited(descriptor);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="OutputException">It could not be written.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (_isOpen && buffer.Length > 0)
        {
            var written = Descriptors.Write(descriptor, in MemoryMarshal.GetReference(buffer), buffer.Length);
            if (written >= 0) buffer = buffer[(int)written..];
            else Recover(Marshal.GetLastPInvokeError());
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Returns where writing may be tried again.</summary>
    private void Recover(int error)
    {
        switch (error)
        {
            case Descriptors.Interrupted:
                return;
            case Descriptors.WouldBlock:
                // Another program has made the terminal or pipe that we share non-blocking.
                Descriptors.Wait(descriptor, PollOut);
                return;
            case var _ when !mayFail:
                _isOpen = false;
                return;
            default:
                throw new OutputException(error == Descriptors.BrokenPipe, Marshal.GetPInvokeErrorMessage(error));
        }
    }
}
