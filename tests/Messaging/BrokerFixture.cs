using Ptune.Fixtures.Servers;
using Ptune.Messaging.Tests;

// They keep to pools of their own, so one broker is enough; whoever stops it has another one.
[assembly: AssemblyFixture(typeof(BrokerFixture))]

namespace Ptune.Messaging.Tests;

/// <summary>One broker for all tests, or, as a class's own fixture, one that the class may stop.</summary>
public sealed class BrokerFixture : IAsyncLifetime
{
    private RabbitMqServer? _server;

    internal RabbitMqServer Server => _server ?? throw new InvalidOperationException("The broker was not started.");

    /// <summary>Patient: a broker that shares two cores with other suites may take seconds to confirm. A test of the limit sets its own.</summary>
    internal MessagingOptions Options => new() { Transport = MessagingTransport.RabbitMq, Uri = Server.Address.ToString(), AnnounceTimeout = TimeSpan.FromSeconds(30) };

    public async ValueTask InitializeAsync() => _server = await RabbitMqServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
    }
}
