using MassTransit;
using Ptune.Contracts.Messages;

namespace Ptune.Messaging;

/// <summary>Hands each wake-up of a pool to the worker's listener; it is acknowledged as soon as that returns.</summary>
internal sealed class WakeConsumer(IWorkListener listener) : IConsumer<WorkAvailable>
{
    public Task Consume(ConsumeContext<WorkAvailable> context) => listener.WakeAsync(context.Message.Pool, context.CancellationToken);
}
