using System.Collections;
using Ptune.Cli.CommandLine;

namespace Ptune.Cli.Tests.Support;

/// <summary>
/// One call of the client inside the tests' process, as its Main would make it: a process of its own for each would spend most of a suite's time on starting.
/// The folder, the variables and the streams are the process's, so that there is one call at a time.
/// </summary>
internal static class ClientCall
{
    /// <summary>Held by a call, and by whoever starts a process that inherits the folder and the variables.</summary>
    public static SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Whether a call would see the same as a process: streams that are not terminals.</summary>
    public static bool IsPossible { get; } = Console.IsOutputRedirected && Console.IsErrorRedirected && Console.IsInputRedirected;

    public static async Task<Outcome> RunAsync(string folder, IReadOnlyDictionary<string, string> variables, string[] arguments)
    {
        await Gate.WaitAsync();
        var (before, directory, output, error) = (Environment.GetEnvironmentVariables(), Environment.CurrentDirectory, Console.Out, Console.Error);
        using var written = new StringWriter();
        using var told = new StringWriter();
        try
        {
            foreach (var name in Names(before).Where(Client.IsOurs)) Environment.SetEnvironmentVariable(name, null);
            foreach (var (name, value) in variables) Environment.SetEnvironmentVariable(name, value);
            Environment.CurrentDirectory = folder;
            Console.SetOut(TextWriter.Synchronized(written));
            Console.SetError(TextWriter.Synchronized(told));
            var code = await Task.Run(() => CommandTree.InvokeAsync(arguments, new Session()));
            return new Outcome(code, written.ToString(), told.ToString());
        }
        finally
        {
            Console.SetOut(output);
            Console.SetError(error);
            Environment.CurrentDirectory = directory;
            foreach (var name in Names(Environment.GetEnvironmentVariables()).Except(Names(before))) Environment.SetEnvironmentVariable(name, null);
            foreach (DictionaryEntry variable in before) Environment.SetEnvironmentVariable((string)variable.Key, (string?)variable.Value);
            Gate.Release();
        }
    }

    private static IEnumerable<string> Names(IDictionary variables) => variables.Keys.Cast<string>().ToArray();
}
