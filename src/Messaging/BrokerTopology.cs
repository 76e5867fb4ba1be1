using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MassTransit;
using Ptune.Messaging.Tls;
using RabbitMQ.Client;

namespace Ptune.Messaging;

/// <summary>The broker: how it is reached, and what is declared on it.</summary>
internal sealed class BrokerTopology(MessagingOptions options)
{
    private readonly BrokerAddress _address = BrokerAddress.Parse(options.Uri);

    private readonly CertificateFile? _own = options is { Certificate: { } certificate, CertificateKey: { } key } ? new CertificateFile(certificate, key) : null;
    private readonly AuthorityFile? _authority = options.Authority is { } authority ? new AuthorityFile(authority) : null;

    /// <summary>The broker's address without credentials.</summary>
    public string Broker => _address.ToString();

    /// <summary>Declares a pool's queue before there is a worker for it, so that no wake-up falls into nothing; just as the bus of a worker declares it.</summary>
    /// <remarks>Not by a bus that deploys its topology only (MassTransit 8.5.12): the start of one in fifteen such buses never completes.</remarks>
    public async Task DeclareAsync(string queue, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync("ptune queues", cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        await channel.ExchangeDeclareAsync(queue, RabbitMQ.Client.ExchangeType.Fanout, durable: true, cancellationToken: cancellation);
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, WorkQueues.Arguments(options), cancellationToken: cancellation);
        await channel.QueueBindAsync(queue, queue, routingKey: "", cancellationToken: cancellation);
    }

    public void Connect(IRabbitMqBusFactoryConfigurator broker) => broker.Host(_address.Host, host =>
    {
        host.Username(_address.User);
        host.Password(_address.Password);
        host.PublisherConfirmation = true;
        if (!_address.Tls) return;
        host.UseSsl(tls =>
        {
            tls.ServerName = _address.Host.Host;
            // The system's choice: its newest.
            tls.Protocol = SslProtocols.None;
            tls.CertificateSelectionCallback = Select;
            tls.CertificateValidationCallback = Validate;
        });
    });

    /// <summary>A connection of its own, beside the bus.</summary>
    /// <param name="name">What the broker shows of it.</param>
    public Task<IConnection> OpenAsync(string name, CancellationToken cancellation) => new ConnectionFactory
    {
        HostName = _address.Host.Host,
        Port = _address.Host.Port,
        VirtualHost = _address.Host.AbsolutePath.Trim('/') is { Length: > 0 } named ? Uri.UnescapeDataString(named) : "/",
        UserName = _address.User,
        Password = _address.Password,
        Ssl = new SslOption(_address.Host.Host, enabled: _address.Tls)
        {
            Version = SslProtocols.None,
            CertificateSelectionCallback = Select,
            CertificateValidationCallback = Validate,
        },
        AutomaticRecoveryEnabled = false,
        RequestedConnectionTimeout = options.AnnounceTimeout,
    }.CreateConnectionAsync(name, cancellation);

    /// <summary>Asked at each handshake: a certificate that was replaced is used by the next connection.</summary>
    private X509Certificate2 Select(object sender, string host, X509CertificateCollection local, X509Certificate? remote, string[] issuers) => _own?.Leaf!;

    private bool Validate(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        _authority is { } authority ? authority.Accepts(certificate, chain, errors) : errors == SslPolicyErrors.None;
}
