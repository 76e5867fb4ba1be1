namespace Ptune.Silo.Configuration;

/// <summary>How much of the world a server needs.</summary>
internal enum ServerMode
{
    /// <summary>One process, one folder, nothing to install: the worker lives in the server.</summary>
    Embedded,

    /// <summary>One of several silos on Azure Storage and RabbitMQ; the workers are processes of their own.</summary>
    Cluster,
}
