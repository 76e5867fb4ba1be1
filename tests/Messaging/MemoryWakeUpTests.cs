using Microsoft.Extensions.Diagnostics.HealthChecks;
using Ptune.Fixtures;

namespace Ptune.Messaging.Tests;

public sealed class MemoryWakeUpTests : WakeUpContract
{
    internal override Task<MessagingOptions> OptionsAsync() => Task.FromResult(new MessagingOptions());

    internal override Task<EarlyAnnouncer> AnnouncerBeforeAsync(MessagingOptions options, string pool)
    {
        var party = Party.Create(options, pool);
        return Task.FromResult(new EarlyAnnouncer(party, party));
    }

    [Fact]
    public async Task Health_Started_IsHealthy()
    {
        await using var party = await Party.StartAsync(new MessagingOptions(), "default");

        await Eventually.ValueAsync("the bus is healthy", party.HealthAsync, status => status == HealthStatus.Healthy);
    }
}
