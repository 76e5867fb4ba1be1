using System.Diagnostics;
using System.Text.Json;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Servers;

/// <summary>A key for a store on which no server runs: the server's program makes it.</summary>
internal static class OfflineKeys
{
    /// <exception cref="StoreInUseException">A server is just starting or stopping on the store.</exception>
    /// <exception cref="CliException">It was refused; the details are the program's lines.</exception>
    public static async Task<ApiKeyCreated> CreateAsync(Session session, string store, ApiKeyRequest request, CancellationToken cancellation)
    {
        Directory.CreateDirectory(store);
        var words = ChildCommand.Words(SiloProgram.Find(session), ["keys", "create", "--json", "--role", request.Role.ToString(), .. Given("--tenant", request.Tenant), .. Given("--name", request.Name), .. Given("--expires", request.Expires)]);
        var start = new ProcessStartInfo(words[0], words[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new SiloSettings(store, Port: 0, Executors: null, Threads: null).Variables()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(cancellation), process.StandardError.ReadToEndAsync(cancellation));
        await process.WaitForExitAsync(cancellation);
        var lines = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return process.ExitCode switch
        {
            0 => JsonSerializer.Deserialize<ApiKeyCreated>(await output, SpecJson.Options)!,
            SiloProgram.StoreInUse => throw new StoreInUseException("A server is just starting or stopping on the store; try again.", lines),
            _ => throw new CliException(process.ExitCode == ExitCode.Usage ? ExitCode.Usage : ExitCode.Unreachable, "The key was not made.", details: lines),
        };
    }

    private static string[] Given(string option, string? value) => value is null ? [] : [$"{option}={value}"];
}
