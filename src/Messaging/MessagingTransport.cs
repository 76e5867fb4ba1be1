namespace Ptune.Messaging;

/// <summary>What carries the wake-ups.</summary>
public enum MessagingTransport
{
    /// <summary>Inside this process: the embedded server and its own workers.</summary>
    Memory,

    /// <summary>A RabbitMQ broker, with quorum queues.</summary>
    RabbitMq,
}
