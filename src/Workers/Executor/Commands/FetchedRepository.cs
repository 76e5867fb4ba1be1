using Ptune.Contracts.Commands;
using Ptune.Executor.Hub;
using Ptune.Learning;

namespace Ptune.Executor.Commands;

/// <summary>A repository of the hub in a temporary folder, for as long as a command needs it.</summary>
internal sealed class FetchedRepository : IDisposable
{
    // The server's setting Hub:Offline, by the variable that sets it.
    private const string OfflineVariable = "PTUNE_Hub__Offline";

    private readonly DirectoryInfo _own;

    private FetchedRepository(DirectoryInfo own) => _own = own;

    /// <summary>The model's files.</summary>
    public string Folder => Path.Combine(_own.FullName, "model");

    /// <exception cref="LearningException">Connecting is not allowed, or the repository cannot be used.</exception>
    /// <exception cref="IOException">The hub does not answer, or the disk is full.</exception>
    public static FetchedRepository Of(HubReference reference, CommandStreams streams, CancellationToken stop)
    {
        var settings = new HubEnvironment(Environment.GetEnvironmentVariable);
        var fetched = new FetchedRepository(Directory.CreateTempSubdirectory("ptune-"));
        try
        {
            var client = new HubClient(settings.Read(Path.Combine(fetched._own.FullName, "partial"), IsOffline()));
            var snapshot = client.FetchAsync(reference, fetched.Folder, new Told(streams), stop).GetAwaiter().GetResult();
            streams.Error.WriteLine($"{snapshot.Repository}@{snapshot.Commit}, in a temporary folder that is removed at the end.");
            foreach (var note in snapshot.Notes) streams.Error.WriteLine($"note: {note}");
            return fetched;
        }
        catch
        {
            fetched.Dispose();
            throw;
        }
    }

    public void Dispose() => _own.Delete(recursive: true);

    private static bool IsOffline() => Environment.GetEnvironmentVariable(OfflineVariable) is { Length: > 0 } text
        && (bool.TryParse(text, out var isOffline) ? isOffline : throw new CommandException(CommandExitCode.Usage, $"{OfflineVariable} is '{text}'; write true or false."));

    /// <summary>A line for each file.</summary>
    private sealed class Told(CommandStreams streams) : IProgress<HubProgress>
    {
        private string? _file;

        public void Report(HubProgress value)
        {
            if (value.File == _file) return;
            _file = value.File;
            streams.Error.WriteLine(value.Total is { } total ? $"fetching {value.File} ({value.Done:N0} of {total:N0} bytes are here)" : $"fetching {value.File}");
        }
    }
}
