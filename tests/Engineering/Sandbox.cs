using System.Diagnostics;
using Ptune.Fixtures;

namespace Ptune.Engineering.Tests;

/// <summary>A folder that looks like a clone, with the real scripts under test and stand-ins for what they call.</summary>
internal sealed class Sandbox : IDisposable
{
    private readonly TemporaryFolder _folder = new("scripts");

    public Sandbox() => Directory.CreateDirectory(PathOf("bin"));

    /// <summary>The clone's root.</summary>
    public string Root => _folder.Location;

    /// <summary>Variables for the scripts, on top of the test's own.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    public string PathOf(params string[] parts) => _folder.PathOf(parts);

    public void Dispose() => _folder.Dispose();

    /// <summary>Takes real files of the repository into the sandbox.</summary>
    public Sandbox With(params string[] files)
    {
        foreach (var file in files)
        {
            var copy = PathOf(file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Repository.PathOf(file), copy);
        }

        return this;
    }

    /// <summary>Takes the parts of eng/ that scripts share.</summary>
    public Sandbox WithLibrary() => With([.. Directory.GetFiles(Repository.PathOf("eng", "lib"))
        .Select(file => Path.GetRelativePath(Repository.Root, file))]);

    /// <summary>Writes a bash script; those in bin/ stand before the machine's programs.</summary>
    public Sandbox Script(string path, string body)
    {
        Write(path, $"#!/usr/bin/env bash\n{body}\n");
        File.SetUnixFileMode(PathOf(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return this;
    }

    /// <summary>Writes a file.</summary>
    public Sandbox Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(path))!);
        File.WriteAllText(PathOf(path), text);
        return this;
    }

    /// <summary>Runs a program of the sandbox, or of the machine, to its end.</summary>
    public async Task<Outcome> RunAsync(string program, string[] arguments, string? folder = null)
    {
        var start = new ProcessStartInfo(File.Exists(PathOf(program)) ? PathOf(program) : program, arguments)
        {
            WorkingDirectory = folder ?? Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["PATH"] = $"{PathOf("bin")}:{System.Environment.GetEnvironmentVariable("PATH")}";
        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new Outcome(process.Id, process.ExitCode, await output, await errors);
    }
}
