using Ptune.Fixtures.Servers;

namespace Ptune.Messaging.Tests;

/// <summary>One broker for the tests of a class.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private RabbitMqServer? _server;

    internal RabbitMqServer Server => _server ?? throw new InvalidOperationException("The broker was not started.");

    internal MessagingOptions Options => new() { Transport = MessagingTransport.RabbitMq, Uri = Server.Address.ToString() };

    public async ValueTask InitializeAsync() => _server = await RabbitMqServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
