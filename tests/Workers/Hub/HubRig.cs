using Ptune.Executor.Hub;
using Ptune.Fixtures;

namespace Ptune.Workers.Tests.Hub;

/// <summary>A repository, its server, and a client that does not wait between its tries.</summary>
internal sealed class HubRig : IDisposable
{
    private readonly TemporaryFolder _folder = new("hub");

    public HubRig(HubRepository? repository = null)
    {
        Repository = repository ?? HubRepository.Of("gpt2");
        Server = new HubServer(Repository.Answer);
        Settings = new HubSettings { Endpoint = new Uri(Server.Address), Folder = _folder.PathOf("partial"), Tries = 3, Patience = TimeSpan.FromSeconds(30) };
    }

    public HubRepository Repository { get; }

    public HubServer Server { get; }

    public HubSettings Settings { get; set; }

    public HubReference Reference { get; set; } = HubReference.Of(HubRepository.Name, null);

    /// <summary>Where the model is put.</summary>
    public string Folder => _folder.PathOf("model");

    public string CacheFolder => _folder.PathOf("hf-cache");

    /// <summary>Where what came so far of the commit lies.</summary>
    public string Partial => Path.Combine(Settings.Folder, $"acme--tiny--{HubRepository.Commit}");

    /// <summary>How long the client would have waited.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    public List<HubProgress> Progress { get; } = [];

    public string[] Placed => [.. Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path)).Order(StringComparer.Ordinal)];

    public Task<HubSnapshot> FetchAsync(CancellationToken cancellation = default)
    {
        var client = new HubClient(Settings, (pause, token) =>
        {
            Pauses.Add(pause);
            return Task.CompletedTask;
        });
        return client.FetchAsync(Reference, Folder, new Listener(Progress), cancellation);
    }

    /// <summary>Fails as it must, and leaves nothing where the model was to be put.</summary>
    public async Task<TException> FailsAsync<TException>() where TException : Exception
    {
        var error = await Assert.ThrowsAsync<TException>(() => FetchAsync());
        Assert.False(Directory.Exists(Folder));
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Location, "model*"));
        Assert.DoesNotContain('\n', error.Message);
        return error;
    }

    /// <summary>Every file that was fetched has the repository's bytes.</summary>
    public void AssertWhole()
    {
        Assert.NotEmpty(Placed);
        Assert.All(Placed, path => Assert.Equal(Repository.Files[path], File.ReadAllBytes(Path.Combine(Folder, path))));
    }

    /// <summary>What is answered to a file's requests, in their order; the last goes on. Null: what the repository says.</summary>
    public void On(string path, params Func<HubReply, HubReply>?[] replies)
    {
        var count = 0;
        Server.Answer = request =>
        {
            var reply = Repository.Answer(request);
            if (!request.IsFor(path)) return reply;
            return replies[Math.Min(Interlocked.Increment(ref count), replies.Length) - 1]?.Invoke(reply) ?? reply;
        };
    }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }

    // Progress<T> would tell of it later, on another thread.
    private sealed class Listener(List<HubProgress> told) : IProgress<HubProgress>
    {
        public void Report(HubProgress value) => told.Add(value);
    }
}
