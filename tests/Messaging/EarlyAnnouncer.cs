namespace Ptune.Messaging.Tests;

/// <summary>One that announces, and one that listens only later; on the in-memory bus they are the same host.</summary>
internal sealed class EarlyAnnouncer(Party sender, Party listener) : IAsyncDisposable
{
    public Party Sender => sender;

    public Party Listener => listener;

    public Task StartListenerAsync() => listener.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        if (sender != listener) await sender.DisposeAsync();
    }
}
