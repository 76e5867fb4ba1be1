using System.Text;

namespace Ptune.Cli.Output;

/// <summary>Puts our own streams behind <see cref="Console"/>, in UTF-8 whatever the locale is: what is written is read by other programs, too.</summary>
internal static class StandardStreams
{
    public const int Output = 1;
    public const int Error = 2;

    public static void Install()
    {
        Console.SetOut(Writer(Output, mayFail: true));
        Console.SetError(Writer(Error, mayFail: false));
    }

    private static StreamWriter Writer(int descriptor, bool mayFail) =>
        new(new StandardStream(descriptor, mayFail), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true };
}
