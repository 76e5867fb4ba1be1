using System.Text;
using Ptune.Cli.Output;

namespace Ptune.Executor.Commands;

/// <summary>A command's standard streams, UTF-8 whatever the locale says. Results go to <see cref="Output"/>, everything else to <see cref="Error"/>.</summary>
internal sealed class CommandStreams(Stream input, TextWriter output, TextWriter error)
{
    public Stream Input { get; } = input;

    /// <summary>Buffered: a command that streams flushes it.</summary>
    public TextWriter Output { get; } = output;

    public TextWriter Error { get; } = error;

    /// <summary>Those of this process.</summary>
    public static CommandStreams Open()
    {
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new CommandStreams(
            Console.OpenStandardInput(),
            new StreamWriter(new StandardStream(1, mayFail: true), utf8, bufferSize: 1 << 16),
            new StreamWriter(new StandardStream(2, mayFail: false), utf8) { AutoFlush = true });
    }

    /// <summary>What is wrong, and what to do about it.</summary>
    public void Problem(string message, string? fix = null)
    {
        Error.WriteLine($"ptune: {message}");
        if (fix is not null) Error.WriteLine($"  {fix}");
    }
}
