using System.Diagnostics;

namespace Ptune.Cli.Tests.Support;

/// <summary>The client in a folder of its own and with no variables but the given ones: as a call in this process where that makes no difference, else as the built program.</summary>
internal sealed class Client : IDisposable
{
    private static readonly string Bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
    private static readonly string Configuration = Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/'));

    public static string Program { get; } = Path.Combine(Bin, "Cli", Configuration, "ptune.dll");

    public static string FakeSilo { get; } = Path.Combine(Bin, "Cli.FakeSilo", Configuration, "Ptune.Cli.FakeSilo.dll");

    public static string Examples { get; } = Path.GetFullPath(Path.Combine(Bin, "..", "..", "examples"));

    public string Folder { get; } = Directory.CreateTempSubdirectory("ptune-cli-").FullName;

    public Dictionary<string, string> Variables { get; } = [];

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public string Read(string name) => File.ReadAllText(Path.Combine(Folder, name));

    /// <summary>Whether a variable decides something in the client or in the programs that it starts.</summary>
    public static bool IsOurs(string variable) => variable.StartsWith("PTUNE_", StringComparison.Ordinal) || variable is "NO_COLOR";

    public Task<Outcome> RunAsync(params string[] arguments) =>
        ClientCall.IsPossible && Variables.Keys.All(name => name.StartsWith("PTUNE_", StringComparison.Ordinal) || name.StartsWith("FAKE_", StringComparison.Ordinal))
            ? ClientCall.RunAsync(Folder, Variables, arguments)
            : RunProgramAsync(arguments);

    /// <summary>As a process, where its own streams are what matters: the executor that it starts inherits them.</summary>
    public async Task<Outcome> RunProgramAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    public Process Start(params string[] arguments) => Start(Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet", [Program, .. arguments]);

    /// <summary>A line of bash in which <c>ptune</c> is the client.</summary>
    public async Task<Outcome> ShellAsync(string line)
    {
        using var process = Start("bash", ["-c", $"ptune() {{ dotnet '{Program}' \"$@\"; }}; {line}"]);
        process.StandardInput.Close();
        return await EndAsync(process);
    }

    /// <summary>The same with a terminal (a pty) as stdin, stdout and stderr, which come back as one stream.</summary>
    public async Task<Outcome> RunOnTerminalAsync(params string[] arguments)
    {
        using var process = StartOnTerminal(arguments);
        return await EndAsync(process);
    }

    /// <summary>The same, and at the question types the answer.</summary>
    public async Task<Outcome> AnswerOnTerminalAsync(string question, string answer, params string[] arguments)
    {
        using var process = StartOnTerminal(arguments);
        var shown = new System.Text.StringBuilder();
        while (!shown.ToString().EndsWith(question, StringComparison.Ordinal) && process.StandardOutput.Read() is >= 0 and var next) shown.Append((char)next);
        await process.StandardInput.WriteLineAsync(answer);
        await process.StandardInput.FlushAsync();
        return await EndAsync(process);
    }

    /// <summary>The same on a terminal of so many columns.</summary>
    public async Task<Outcome> RunOnColumnsAsync(int columns, params string[] arguments)
    {
        var line = $"stty cols {columns}; exec dotnet '{Program}' {string.Join(' ', arguments.Select(a => $"'{a}'"))}";
        using var process = Start("script", ["--quiet", "--return", "--command", line, "/dev/null"]);
        return await EndAsync(process);
    }

    public static async Task<Outcome> EndAsync(Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return new Outcome(process.ExitCode, await output, await error);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public Process StartOnTerminal(string[] arguments) =>
        Start("script", ["--quiet", "--return", "--command", string.Join(' ', new[] { "dotnet", Program }.Concat(arguments).Select(a => $"'{a}'")), "/dev/null"]);

    private Process Start(string file, string[] arguments)
    {
        ClientCall.Gate.Wait();
        try
        {
            return Process.Start(Described(file, arguments))!;
        }
        finally
        {
            ClientCall.Gate.Release();
        }
    }

    private ProcessStartInfo Described(string file, string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(IsOurs).ToList()) start.Environment.Remove(name);
        start.Environment["TERM"] = "xterm-256color";
        foreach (var (name, value) in Variables) start.Environment[name] = value;
        return start;
    }
}
