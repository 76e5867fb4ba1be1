using System.Reflection;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Orleans;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Stores;
using Ptune.Contracts.Workers;
using Ptune.Storage.Azure;

namespace Ptune.Storage.Tests.Blobs;

/// <summary>A worker without the account's key, against the emulator; the silo's grain is played by the test.</summary>
public sealed class IssuedBlobStoreTests(AzuriteFixture azurite) : IDisposable
{
    private readonly StoppedTime _time = new();
    private readonly AzureBlobStore _whole = new(azurite.ConnectionString);
    private readonly string _prefix = $"{BlobNames.Contents}{Guid.NewGuid():N}";
    private IssuedBlobStore? _store;

    public void Dispose() => _store?.Dispose();

    [Fact]
    public async Task Blobs_OfAnySize_AreCreatedOnceReadAndListed()
    {
        var store = Store(new Silo(azurite.ConnectionString));
        byte[] content = new byte[40 << 20];
        new Random(1).NextBytes(content);
        Assert.Null(await store.OpenAsync($"{_prefix}/a"));
        Assert.True(await store.CreateAsync($"{_prefix}/a", new MemoryStream(content)));
        Assert.False(await store.CreateAsync($"{_prefix}/a", new MemoryStream([1])));
        await using (var read = (await store.OpenAsync($"{_prefix}/a"))!)
        {
            var copy = new MemoryStream();
            await read.CopyToAsync(copy);
            Assert.Equal(content, copy.ToArray());
        }
        Assert.Equal($"{_prefix}/a", (await store.ListAsync(_prefix).SingleAsync()).Name);
        Assert.Null(store.LocalPath($"{_prefix}/a"));
    }

    [Fact]
    public async Task Signature_ToReplaceOrRemove_IsRefusedByTheAccount()
    {
        await _whole.CreateAsync($"{_prefix}/a", new MemoryStream([1, 2, 3]));
        var access = await new BlobAccessIssuer(azurite.ConnectionString, TimeProvider.System).IssueAsync();
        var container = new BlobContainerClient(access.Container, new AzureSasCredential(access.Signature));
        var blob = container.GetBlobClient($"{_prefix}/a");

        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => blob.DeleteAsync())).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => blob.UploadAsync(new MemoryStream([4]), overwrite: true))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => blob.SetMetadataAsync(new Dictionary<string, string> { ["a"] = "b" }))).Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => container.DeleteAsync())).Status);
        Assert.Equal(3, ((BlobProperties)await blob.GetPropertiesAsync()).ContentLength);
    }

    [Fact]
    public async Task Access_AtHalfOfItsLife_IsIssuedAnew()
    {
        var silo = new Silo(azurite.ConnectionString);
        var store = Store(silo);
        await store.CreateAsync($"{_prefix}/a", new MemoryStream([1]));
        await store.ListAsync(_prefix).ToListAsync();
        Assert.Equal(1, silo.Issued);
        _time.Advance(TimeSpan.FromMinutes(31));
        await store.ListAsync(_prefix).ToListAsync();
        Assert.Equal(2, silo.Issued);
    }

    [Fact]
    public async Task Access_NoSiloAnswers_ServesUntilItEnds()
    {
        var silo = new Silo(azurite.ConnectionString);
        var store = Store(silo);
        await store.CreateAsync($"{_prefix}/a", new MemoryStream([1]));
        silo.IsDown = true;
        _time.Advance(TimeSpan.FromMinutes(59));
        Assert.Single(await store.ListAsync(_prefix).ToListAsync());
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Contains("No silo answered", (await Assert.ThrowsAsync<IOException>(() => store.OpenAsync($"{_prefix}/a"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_WithoutAKeyToSignWith_SaysSo()
    {
        var issuer = new BlobAccessIssuer("BlobEndpoint=http://127.0.0.1:1/account;SharedAccessSignature=sv=1&sig=x", TimeProvider.System);
        Assert.Contains("no key of the account", (await Assert.ThrowsAsync<IOException>(issuer.IssueAsync)).Message, StringComparison.Ordinal);
    }

    private IssuedBlobStore Store(Silo silo)
    {
        var grains = DispatchProxy.Create<IGrainFactory, OneGrain>();
        ((OneGrain)grains).Grain = silo;
        return _store = new IssuedBlobStore(grains, _time);
    }

    /// <summary>Every grain is this one.</summary>
    public class OneGrain : DispatchProxy
    {
        internal object? Grain { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grain;
    }

    private sealed class StoppedTime : TimeProvider
    {
        private TimeSpan _passed;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan time) => _passed += time;

        public override long GetTimestamp() => _passed.Ticks;
    }

    private sealed class Silo(string connectionString) : IWorkerBlobsGrain
    {
        public int Issued { get; private set; }

        public bool IsDown { get; set; }

        public Task<BlobAccess> Issue()
        {
            if (IsDown) throw new TimeoutException("no answer");
            Issued++;
            return new BlobAccessIssuer(connectionString, TimeProvider.System).IssueAsync();
        }

        public Task<bool> Renew(string name) => throw new NotSupportedException();

        public Task<bool> RemoveCheckpoint(string name) => throw new NotSupportedException();
    }
}
