using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ptune.Fixtures;
using Ptune.Storage.Embedded;
using Ptune.Storage.Tests.Children;

namespace Ptune.Storage.Tests.Embedded;

public sealed class StoreLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new("lock");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_WhileAnotherProcessHasIt_IsRefusedWithItsId()
    {
        await using var other = ChildProcess.Start(ChildRoles.Hold, _folder.Location);
        Assert.Equal("open", await other.ReadLineAsync());
        var refusal = Assert.Throws<StoreInUseException>(() => new EmbeddedStore(_folder.Location));
        Assert.Equal(other.Id, refusal.ProcessId);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"process {other.Id}"), refusal.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Location, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_WhileThisProcessHasIt_IsRefusedWithItsId()
    {
        await using var first = new EmbeddedStore(_folder.Location);
        Assert.Equal(Environment.ProcessId, Assert.Throws<StoreInUseException>(() => new EmbeddedStore(_folder.Location)).ProcessId);
    }

    [Fact]
    public async Task Open_AfterItsHolderWasKilled_Succeeds()
    {
        await using var other = ChildProcess.Start(ChildRoles.Hold, _folder.Location);
        Assert.Equal("open", await other.ReadLineAsync());
        await other.KillAsync();
        Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{other.Id}\n"), await File.ReadAllTextAsync(_folder.PathOf("server.lock")));
        await using var store = new EmbeddedStore(_folder.Location);
        Assert.Equal(Environment.ProcessId, Assert.Throws<StoreInUseException>(() => new EmbeddedStore(_folder.Location)).ProcessId);
    }

    [Fact]
    public async Task Open_AfterItWasClosed_Succeeds()
    {
        await new EmbeddedStore(_folder.Location).DisposeAsync();
        await new EmbeddedStore(_folder.Location).DisposeAsync();
    }

    [Fact]
    public async Task HostStart_WhileAnotherHasIt_FailsBeforeAnyOtherService()
    {
        await using var first = new EmbeddedStore(_folder.Location);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        var listener = new Listener();
        builder.Services.AddSingleton<IHostedService>(listener);
        builder.Services.AddEmbeddedStorage(_folder.Location);
        using var host = builder.Build();
        await Assert.ThrowsAsync<StoreInUseException>(() => host.StartAsync());
        Assert.False(listener.HasStarted);
    }

    private sealed class Listener : IHostedService
    {
        public bool HasStarted { get; private set; }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            HasStarted = true;
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
