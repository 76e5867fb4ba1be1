using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Ptune.Contracts.Stores;
using Ptune.Fixtures;

namespace Ptune.Storage.Tests.GrainStates;

/// <summary>What every grain storage does, in a real silo.</summary>
public abstract class GrainStorageContract : IAsyncLifetime
{
    private const string Name = "state";

    private readonly GrainId _grain = GrainId.Create("sample", Guid.NewGuid().ToString("N"));
    private readonly IHost _silo;

    protected GrainStorageContract(Action<IServiceCollection> addStorage, Action<ISiloBuilder> addGrainStorage)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        addStorage(builder.Services);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePorts.Next(), FreePorts.Next());
            addGrainStorage(silo);
        });
        _silo = builder.Build();
    }

    private IGrainStorage Storage => _silo.Services.GetRequiredKeyedService<IGrainStorage>(GrainStorageNames.State);

    public async ValueTask InitializeAsync() => await _silo.StartAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        if (_silo is IAsyncDisposable disposable) await disposable.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Grain_ActivatedAgain_HasItsState()
    {
        var grain = _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<ISampleGrain>(_grain.ToString());
        Assert.False(await grain.Exists());
        await grain.Set(SampleStates.Full);
        await grain.Forget();
        Assert.Equal(SampleStates.Text(SampleStates.Full), SampleStates.Text(await grain.Get()));
        await grain.Clear();
        await grain.Forget();
        Assert.False(await grain.Exists());
        Assert.Equal(0, (await grain.Get()).Number);
    }

    [Fact]
    public async Task Read_NothingStored_IsANewState()
    {
        var state = await ReadAsync();
        Assert.False(state.RecordExists);
        Assert.Null(state.ETag);
        Assert.Equal(0, state.State.Number);
    }

    [Fact]
    public async Task Write_InTurn_ETagsFollow()
    {
        var state = await ReadAsync();
        var etags = new HashSet<string>();
        for (var number = 1; number <= 3; number++)
        {
            await WriteAsync(state, number);
            Assert.True(etags.Add(state.ETag!));
            Assert.True(state.RecordExists);
        }
        var read = await ReadAsync();
        Assert.Equal((3L, state.ETag), (read.State.Number, read.ETag));
    }

    [Fact]
    public async Task Write_StaleETag_IsAConflictAndChangesNothing()
    {
        var first = await ReadAsync();
        await WriteAsync(first, 1);
        var stale = await ReadAsync();
        await WriteAsync(first, 2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(stale, 99));
        Assert.Equal(2, (await ReadAsync()).State.Number);
    }

    [Fact]
    public async Task Write_StateThatAnotherMade_IsAConflict()
    {
        var unaware = await ReadAsync();
        await WriteAsync(await ReadAsync(), 1);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(unaware, 99));
        Assert.Equal(1, (await ReadAsync()).State.Number);
    }

    [Fact]
    public async Task Write_16AtOnceFromOneRead_OneWins()
    {
        await WriteAsync(await ReadAsync(), 0);
        var copies = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => ReadAsync()));
        var results = await Task.WhenAll(copies.Select(async (copy, number) =>
        {
            try
            {
                await WriteAsync(copy, 100 + number);
                return (long?)(100 + number);
            }
            catch (InconsistentStateException)
            {
                return null;
            }
        }));
        var winner = Assert.Single(results, result => result is not null);
        Assert.Equal(winner, (await ReadAsync()).State.Number);
    }

    [Fact]
    public async Task Clear_Written_IsGoneAndMayBeWrittenAgain()
    {
        var state = await ReadAsync();
        await WriteAsync(state, 1);
        await Storage.ClearStateAsync(Name, _grain, state);
        Assert.False(state.RecordExists);
        Assert.False((await ReadAsync()).RecordExists);
        await WriteAsync(state, 2);
        await WriteAsync(await ReadAsync(), 3);
        Assert.Equal(3, (await ReadAsync()).State.Number);
    }

    [Fact]
    public async Task Clear_StaleETag_IsAConflictAndChangesNothing()
    {
        var state = await ReadAsync();
        await WriteAsync(state, 1);
        var stale = await ReadAsync();
        await WriteAsync(state, 2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(Name, _grain, stale));
        Assert.Equal(2, (await ReadAsync()).State.Number);
    }

    [Fact]
    public async Task Write_ClearedAndWrittenByOthersSince_IsAConflict()
    {
        var state = await ReadAsync();
        await WriteAsync(state, 1);
        var stale = await ReadAsync();
        await Storage.ClearStateAsync(Name, _grain, state);
        await WriteAsync(state, 2);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(stale, 99));
        Assert.Equal(2, (await ReadAsync()).State.Number);
    }

    [Fact]
    public async Task Clear_NothingStored_DoesNothing()
    {
        var state = await ReadAsync();
        await Storage.ClearStateAsync(Name, _grain, state);
        await WriteAsync(state, 1);
        Assert.Equal(1, (await ReadAsync()).State.Number);
    }

    private async Task<HeldState> ReadAsync()
    {
        var state = new HeldState();
        await Storage.ReadStateAsync(Name, _grain, state);
        return state;
    }

    private Task WriteAsync(HeldState state, long number)
    {
        state.State = SampleStates.Numbered(number);
        return Storage.WriteStateAsync(Name, _grain, state);
    }
}
