using System.Diagnostics;
using System.Text;
using Ptune.Contracts.Http;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;

namespace Ptune.Chaos.Tests.Rig;

/// <summary>A server whose store lies on a small disk of its own: a mount that only it sees, and that ends with it.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private readonly ServerProcess _server;
    private readonly string _disk;

    private SmallDisk(ServerProcess server, string url, string disk) => (_server, Url, _disk) = (server, url, disk);

    public static bool IsPossible { get; } = Environment.IsPrivilegedProcess && Try();

    public string Url { get; }

    /// <summary>What it said last.</summary>
    public string Log => _server.LogTail();

    private string Filling => $"/proc/{_server.Id}/root{_disk}/filling";

    public static async Task<SmallDisk> StartServerAsync(string folder)
    {
        var disk = Directory.CreateDirectory(Path.Combine(folder, "disk")).FullName;
        var program = Repository.PathOf("artifacts", "bin", "Cli", "release", "ptune.dll");
        var server = ServerProcess.Start(
            "/usr/bin/unshare",
            ["--mount", "/bin/sh", "-c", "mount -t tmpfs -o size=96m tmpfs \"$0\" && exec dotnet \"$@\"", disk, program, "server", "--store", $"{disk}/store", "--port", "0", "--executors", "1", "--threads", "1"],
            Path.Combine(folder, "server.log"),
            new Dictionary<string, string?> { ["PTUNE_HOME"] = Repository.Root, ["NO_COLOR"] = "1" });
        var line = await Eventually.ValueAsync(
            "the server says its address",
            () => Task.FromResult(server.HasEnded ? throw new InvalidOperationException(server.LogTail()) : Addresses.In(server.LogTail(200))),
            found => found.Length > 0,
            TimeSpan.FromMinutes(2));
        return new SmallDisk(server, line, disk);
    }

    /// <summary>Takes all the room there is.</summary>
    public void Fill()
    {
        using var file = new FileStream(Filling, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        foreach (var size in new[] { 1 << 20, 1 << 12 })
        {
            try
            {
                while (true) file.Write(new byte[size]);
            }
            catch (IOException)
            {
                // Full.
            }
        }
    }

    public void Empty() => File.Delete(Filling);

    /// <summary>Submits once.</summary>
    /// <returns>The refusal's text; null when it was accepted.</returns>
    public async Task<string?> TrySubmitAsync(string yaml)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        using var content = new StringContent(yaml, Encoding.UTF8, Routes.Yaml);
        using var answer = await http.PostAsync(new Uri(new Uri(Url), Routes.Jobs), content);
        return answer.IsSuccessStatusCode ? null : await answer.Content.ReadAsStringAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync();
        await _server.DisposeAsync();
    }

    private static bool Try()
    {
        using var process = Process.Start("/bin/sh", ["-c", "unshare --mount mount -t tmpfs tmpfs /mnt 2>/dev/null"]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
