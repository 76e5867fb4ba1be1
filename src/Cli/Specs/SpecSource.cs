using Ptune.Cli.Output;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Specs;

/// <summary>The bytes of a spec: of a file, of a pipe or of standard input.</summary>
internal static class SpecSource
{
    /// <summary>The path that means standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>A character of UTF-8 has at most four bytes.</summary>
    private const int MostBytes = 4 * SpecLimits.Characters;

    /// <exception cref="FileNotFoundException">There is no such file; or <see cref="DirectoryNotFoundException"/>.</exception>
    /// <exception cref="CliException">It is not a file or pipe, or longer than any spec.</exception>
    public static byte[] Read(string path)
    {
        if (path == StandardInput) return Descriptors.IsInherited(0) ? ReadAll(Console.OpenStandardInput(), path) : [];
        // A device is refused before it is opened: reading one may never end, and opening one may do something.
        if (FileKinds.Of(path) is FileKind.Other) throw new CliException(ExitCode.Usage, $"'{path}' is not a file.", "Name a YAML file, a pipe, or - for standard input.");
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return ReadAll(file, path);
    }

    private static byte[] ReadAll(Stream stream, string path)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        while (stream.Read(buffer) is > 0 and var count)
        {
            if (bytes.Length + count > MostBytes)
                throw new CliException(ExitCode.Usage, $"{(path == StandardInput ? "Standard input" : $"'{path}'")} is longer than {MostBytes / 1_000_000} MB, and so not a spec.", "Check that this is the right file.");
            bytes.Write(buffer, 0, count);
        }
        return bytes.ToArray();
    }
}
