namespace Ptune.Executor.Hub;

/// <summary>Where the files of a commit come from.</summary>
internal interface IHubSource
{
    /// <summary>What a file is called in messages.</summary>
    string Place { get; }

    /// <summary>Puts a file whole to <paramref name="path"/>, its size and digest checked.</summary>
    /// <exception cref="Learning.DataException">It is another file than the hub tells, or may not be read.</exception>
    /// <exception cref="IOException">It did not come, or cannot be written.</exception>
    Task<HubFile> PlaceAsync(HubEntry entry, string path, CancellationToken cancellation);
}
