using System.Diagnostics;
using System.Globalization;

namespace Ptune.Storage.Tests.Children;

/// <summary>This program in another role, in a process of its own; what it prints is read line by line.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    public const string Switch = "--storage-child";

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public int Id => _process.Id;

    /// <param name="role">One of <see cref="ChildRoles"/>.</param>
    /// <param name="folder">What the role works on.</param>
    /// <param name="shell">
    /// Commands of a shell to run before, in the child's own mount namespace (they see the folder as $1); null to start the program directly.
    /// </param>
    public static ChildProcess Start(string role, string folder, string? shell = null)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "Ptune.Storage.Tests");
        string[] command = [program, Switch, role, folder];
        if (shell is not null) command = ["/bin/bash", "-c", shell + "\nshift; exec \"$@\"", "bash", folder, .. command];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Its next line; null at its end.</summary>
    public async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync();

    /// <summary>Everything that it still prints, once it has ended by itself.</summary>
    public async Task<string[]> ReadToEndAsync()
    {
        var text = await _process.StandardOutput.ReadToEndAsync();
        await _process.WaitForExitAsync();
        Assert.True(_process.ExitCode == 0, string.Create(CultureInfo.InvariantCulture, $"The child ended with {_process.ExitCode}: {text}"));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>SIGKILL: it can do nothing about it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }
}
