namespace Ptune.Executor.Hub;

/// <summary>How far a download is.</summary>
/// <param name="File">The file that is being fetched.</param>
/// <param name="Done">Bytes of all files that are here.</param>
/// <param name="Total">Bytes of all files; null while that is not known.</param>
internal sealed record HubProgress(string File, long Done, long? Total);
