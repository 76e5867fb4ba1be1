namespace Ptune.Storage.Tests.Collecting;

/// <summary>An emulator for tests that clean a whole account, which others must not share.</summary>
public sealed class OwnAzurite : IAsyncLifetime
{
    public AzuriteFixture Server { get; } = new();

    public ValueTask InitializeAsync() => Server.InitializeAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
