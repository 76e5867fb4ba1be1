namespace Ptune.Messaging.Tests;

/// <summary>What every transport promises.</summary>
public abstract class WakeUpContract
{
    /// <summary>Options of the transport under test.</summary>
    internal abstract Task<MessagingOptions> OptionsAsync();

    // Pools of their own keep tests on one broker apart.
    internal static string NewPool() => $"pool-{Guid.NewGuid():N}";

    [Fact]
    public async Task Announce_WithAListener_WakesItOnceForEachMessage()
    {
        var pool = NewPool();
        await using var party = await Party.StartAsync(await OptionsAsync(), pool);

        for (var i = 0; i < 5; i++) await party.Announcer.AnnounceAsync(pool);

        for (var i = 0; i < 5; i++) Assert.Equal(pool, await party.Listener.NextAsync());
        Assert.Equal(5, party.Listener.Count);
    }

    [Fact]
    public async Task Announce_TwoPools_WakesOnlyTheOneThatIsMeant()
    {
        var (pool, other) = (NewPool(), NewPool());
        await using var party = await Party.StartAsync(await OptionsAsync(), pool, other);

        await party.Announcer.AnnounceAsync(other);
        await party.Announcer.AnnounceAsync(pool);

        string[] heard = [await party.Listener.NextAsync(), await party.Listener.NextAsync()];
        Assert.Equal(new[] { pool, other }.Order(), heard.Order());
    }

    [Fact]
    public async Task Announce_BeforeTheListenerStarts_IsHeardWhenItDoes()
    {
        var pool = NewPool();
        var options = await OptionsAsync();
        await using var announcer = await AnnouncerBeforeAsync(options, pool);
        await announcer.Sender.Announcer.AnnounceAsync(pool);

        await announcer.StartListenerAsync();

        Assert.Equal(pool, await announcer.Listener.Listener.NextAsync());
    }

    [Fact]
    public async Task Announce_APoolWithoutListeners_DoesNotFail()
    {
        await using var party = await Party.StartAsync(await OptionsAsync());

        await party.Announcer.AnnounceAsync(NewPool());
    }

    [Fact]
    public async Task Announce_ANameThatIsNone_IsRefused()
    {
        await using var party = await Party.StartAsync(await OptionsAsync());

        var error = await Assert.ThrowsAsync<ArgumentException>(() => party.Announcer.AnnounceAsync("two words"));

        Assert.Contains("'two words'", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Someone who announces while the pool's listener has not started yet.</summary>
    internal abstract Task<EarlyAnnouncer> AnnouncerBeforeAsync(MessagingOptions options, string pool);
}
