using Ptune.Messaging.Tls;

namespace Ptune.Messaging;

/// <summary>How wake-ups travel.</summary>
public sealed record MessagingOptions
{
    /// <summary>What carries the wake-ups. Default: Memory, which reaches this process only.</summary>
    public MessagingTransport Transport { get; init; } = MessagingTransport.Memory;

    /// <summary>
    /// The broker: <c>amqp://user:password@host:port/virtual-host</c>, <c>amqps://</c> with TLS. Needed by RabbitMq, without meaning for Memory.
    /// Default: none.
    /// </summary>
    public string? Uri { get; init; }

    /// <summary>The file with the authorities that the broker's certificate is checked by, in PEM, for <c>amqps://</c>. Default: those that the machine trusts.</summary>
    public string? Authority { get; init; }

    /// <summary>The file with the certificate that is shown to the broker, in PEM. Default: none. New files are used by the next connection.</summary>
    public string? Certificate { get; init; }

    /// <summary>The file with its key, in PEM, without a password. Default: none.</summary>
    public string? CertificateKey { get; init; }

    /// <summary>
    /// How long an announcement may wait for the broker. Default: 2 s. Longer holds up the pool that announces; shorter gives up on a broker
    /// that is only busy, and its wake-up is then sent again by the pool's next sweep.
    /// </summary>
    public TimeSpan AnnounceTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// After an announcement that failed, others fail at once for this long, so that a broker that is away costs nothing. Default: 1 s.
    /// </summary>
    public TimeSpan RestAfterFailure { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How many wake-ups a pool's queue on the broker keeps; the oldest go first. Default: 1,000. A pool without workers is woken again and again, and
    /// a wake-up more than it has executors says nothing new.
    /// </summary>
    public int QueueLength { get; init; } = 1000;

    /// <summary>Every mistake, in words with the option's name; empty when it can be used.</summary>
    public IReadOnlyList<string> Problems()
    {
        var problems = new List<string>();
        if (!Enum.IsDefined(Transport)) problems.Add($"Messaging:Transport is {Transport}; use Memory or RabbitMq.");
        if (Transport == MessagingTransport.RabbitMq && BrokerAddress.Problem(Uri) is { } problem) problems.Add($"Messaging:Uri {problem}");
        if (AnnounceTimeout <= TimeSpan.Zero) problems.Add($"Messaging:AnnounceTimeout is {AnnounceTimeout}; it must be longer than zero.");
        if (RestAfterFailure < TimeSpan.Zero) problems.Add($"Messaging:RestAfterFailure is {RestAfterFailure}; it cannot be negative.");
        if (QueueLength < 1) problems.Add($"Messaging:QueueLength is {QueueLength}; it must be at least 1.");
        problems.AddRange(TlsProblems.Of("Messaging", Certificate, CertificateKey, Authority, isMutual: false));
        if ((Certificate ?? Authority) is not null && Transport == MessagingTransport.RabbitMq && BrokerAddress.Problem(Uri) is null && !BrokerAddress.Parse(Uri).Tls)
            problems.Add("Messaging:Uri begins with amqp://, so that Certificate and Authority would not be used; write amqps://.");
        return problems;
    }
}
