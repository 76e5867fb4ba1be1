using System.Globalization;

namespace Ptune.Workers.Tests;

/// <summary>A control group of the kernel with little memory, of version 1 or 2, whichever this machine has.</summary>
internal sealed class MemoryGroup : IDisposable
{
    private readonly string _folder;

    private MemoryGroup(string folder) => _folder = folder;

    /// <summary>Null where this machine lets nobody make one.</summary>
    public static MemoryGroup? TryCreate(long bytes)
    {
        foreach (var (root, limit) in new[] { ("/sys/fs/cgroup/memory", "memory.limit_in_bytes"), ("/sys/fs/cgroup", "memory.max") })
        {
            if (!Directory.Exists(root)) continue;
            var folder = Path.Combine(root, $"ptune-test-{Guid.NewGuid():N}");
            try
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, limit), bytes.ToString(CultureInfo.InvariantCulture));
                return new MemoryGroup(folder);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (Directory.Exists(folder)) Directory.Delete(folder);
            }
        }
        return null;
    }

    /// <summary>A program that runs an executor in the group.</summary>
    public string ExecutorIn(string folder, string executor)
    {
        var script = Path.Combine(folder, "executor.sh");
        File.WriteAllText(script, $"#!/bin/sh\necho $$ > '{_folder}/cgroup.procs' && exec dotnet exec '{executor}'\n");
        File.SetUnixFileMode(script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return script;
    }

    // A group whose processes have ended can be removed; its files are the kernel's, and go with it.
    public void Dispose() => Directory.Delete(_folder);
}
