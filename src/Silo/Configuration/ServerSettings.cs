using Ptune.Grains.Hosting;
using Ptune.Messaging;
using Ptune.Supervisor;

namespace Ptune.Silo.Configuration;

/// <summary>The whole configuration, checked.</summary>
internal sealed record ServerSettings(
    ServerMode Mode, HttpOptions Http, OrleansOptions Orleans, StorageOptions Storage, MessagingOptions Messaging, JobsOptions Jobs, WorkerOptions Worker, HubOptions Hub)
{
    public bool IsEmbedded => Mode == ServerMode.Embedded;

    /// <summary>The embedded store's folder, absolute.</summary>
    public string Folder => Path.GetFullPath(Storage.Folder);

    /// <summary>Whether a worker lives in this process.</summary>
    public bool HasWorker => IsEmbedded && Worker.Executors != 0;
}
