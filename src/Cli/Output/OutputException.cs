namespace Ptune.Cli.Output;

/// <summary>Something could not be written to standard output.</summary>
/// <param name="readerLeft">Whoever read it has closed the pipe: nothing went wrong, and nobody is left to be told.</param>
/// <param name="message">The system's words.</param>
internal sealed class OutputException(bool readerLeft, string message) : IOException(message)
{
    public bool ReaderLeft { get; } = readerLeft;
}
