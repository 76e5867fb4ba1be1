using MassTransit;

namespace Ptune.Messaging;

/// <summary>Declares a pool's queue on the broker before there is a worker for it, so that no wake-up falls into nothing.</summary>
internal sealed class BrokerTopology(MessagingOptions options)
{
    private readonly BrokerAddress _address = BrokerAddress.Parse(options.Uri);

    /// <summary>The broker's address without credentials.</summary>
    public string Broker => _address.ToString();

    public async Task DeclareAsync(string queue, CancellationToken cancellation)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(broker =>
        {
            Connect(broker);
            broker.DeployTopologyOnly = true;
            broker.ReceiveEndpoint(queue, endpoint => WorkQueues.Describe(endpoint, options));
        });
        try
        {
            await bus.StartAsync(cancellation);
        }
        finally
        {
            await bus.StopAsync(CancellationToken.None);
        }
    }

    public void Connect(IRabbitMqBusFactoryConfigurator broker) => broker.Host(_address.Host, host =>
    {
        host.Username(_address.User);
        host.Password(_address.Password);
        host.PublisherConfirmation = true;
        if (_address.Tls) host.UseSsl(tls => tls.ServerName = _address.Host.Host);
    });
}
