using Ptune.Fixtures.Processes;

namespace Ptune.Fixtures.Servers;

/// <summary>What the fixtures' servers share in starting.</summary>
internal static class ServerStart
{
    /// <summary>Another test run may take a port between the look and the start; that often in a row it is no accident.</summary>
    private const int Attempts = 3;

    // A broker that starts on a machine with ten times as much to do as it has cores.
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(4);

    /// <summary>Where the servers' logs stay after the tests.</summary>
    public static string LogFolder(string server, int port) =>
        Directory.CreateDirectory(Repository.PathOf("artifacts", "test", "servers", $"{server}-{port}")).FullName;

    /// <summary>Says how to get a program that is not there.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static string Require(string program, string file) => File.Exists(file)
        ? file
        : throw new FileNotFoundException($"{program} is not installed ({file} is missing): run eng/setup test", file);

    /// <summary>Waits until the server answers, or has ended.</summary>
    /// <exception cref="InvalidOperationException">It ended; the message has the end of its log.</exception>
    public static async Task UntilReadyAsync(string server, ServerProcess process, Func<Task<bool>> answers, CancellationToken cancellation)
    {
        await Eventually.IsTrueAsync(
            $"{server} answers (log: {process.LogFile})",
            async () => process.HasEnded || await answers().ConfigureAwait(false),
            s_limit,
            cancellation).ConfigureAwait(false);
        if (process.HasEnded)
        {
            throw new InvalidOperationException(
                $"{server} ended with code {process.ExitCode} before it answered. Its log, {process.LogFile}, ends with:\n{process.LogTail()}");
        }
    }

    /// <summary>Tries again on other ports when a server does not come up.</summary>
    public static async Task<T> OnFreePortsAsync<T>(Func<Task<T>> start)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await start().ConfigureAwait(false);
            }
            catch (InvalidOperationException exception) when (attempt < Attempts && IsPortTaken(exception.Message))
            {
            }
        }
    }

    private static bool IsPortTaken(string message) =>
        message.Contains("eaddrinuse", StringComparison.OrdinalIgnoreCase)
        || message.Contains("already in use", StringComparison.OrdinalIgnoreCase)
        || message.Contains("seems to be running", StringComparison.OrdinalIgnoreCase);
}
