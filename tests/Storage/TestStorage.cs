using Microsoft.Extensions.DependencyInjection;
using Ptune.Fixtures;

namespace Ptune.Storage.Tests;

/// <summary>One registered storage: embedded in a folder of its own, or the emulator's account.</summary>
public sealed class TestStorage : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new("storage");
    private readonly ServiceProvider _services;

    private TestStorage(Action<IServiceCollection, string> add)
    {
        var services = new ServiceCollection();
        add(services, _folder.PathOf("store"));
        _services = services.BuildServiceProvider();
    }

    /// <summary>A folder for the test's own files.</summary>
    public string Scratch => _folder.Subfolder("scratch");

    public static TestStorage Embedded() => new((services, folder) => services.AddEmbeddedStorage(folder));

    public static TestStorage Azure(AzuriteFixture azurite) => new((services, _) => services.AddAzureStorage(azurite.ConnectionString));

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }
}
