using Ptune.Grains.Hosting;
using Ptune.Messaging;
using Ptune.Supervisor;

namespace Ptune.Silo.Configuration;

/// <summary>The whole configuration, checked.</summary>
internal sealed record ServerSettings(
    ServerMode Mode, HttpOptions Http, OrleansOptions Orleans, StorageOptions Storage, MessagingOptions Messaging, JobsOptions Jobs, WorkerOptions Worker, HubOptions Hub, AuditOptions Audit, DataOptions Data, AccessOptions Access)
{
    public bool IsEmbedded => Mode == ServerMode.Embedded;

    /// <summary>The embedded store's folder, absolute.</summary>
    public string Folder => Path.GetFullPath(Storage.Folder);

    /// <summary>The folder that the worker in this process keeps things in. One folder is the whole system: what it keeps goes when the store goes.</summary>
    public string WorkerCache => Worker.Cache ?? Path.Combine(Folder, "cache");

    /// <summary>Whether a worker lives in this process.</summary>
    public bool HasWorker => IsEmbedded && Worker.Executors != 0;
}
