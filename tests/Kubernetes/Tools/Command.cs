using System.ComponentModel;
using System.Diagnostics;

namespace Ptune.Kubernetes.Tests.Tools;

/// <summary>What a program that has ended left behind.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    /// <summary>Runs a program to its end with <paramref name="input"/> as its standard input.</summary>
    /// <param name="settings">The PTUNE_ variables of its environment; those of this process are not handed on.</param>
    /// <exception cref="InvalidOperationException">The program is not on this machine.</exception>
    public static async Task<Command> RunAsync(
        string program, IEnumerable<string> arguments, string input, string hint, CancellationToken cancellation, IReadOnlyDictionary<string, string>? settings = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var inherited in start.Environment.Keys.Where(name => name.StartsWith("PTUNE_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        using var process = Start(start, hint);
        var output = process.StandardOutput.ReadToEndAsync(cancellation);
        var error = process.StandardError.ReadToEndAsync(cancellation);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), cancellation);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended without reading all of its input: its exit code and its errors tell why.
        }

        await process.WaitForExitAsync(cancellation);
        return new(process.ExitCode, await output, await error);
    }

    private static Process Start(ProcessStartInfo start, string hint)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new InvalidOperationException($"{start.FileName} cannot be started ({e.Message}). {hint}", e);
        }
    }
}
