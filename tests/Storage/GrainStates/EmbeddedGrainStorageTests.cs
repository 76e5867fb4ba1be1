using Ptune.Fixtures;

namespace Ptune.Storage.Tests.GrainStates;

public sealed class EmbeddedGrainStorageTests : GrainStorageContract
{
    private readonly TemporaryFolder _folder;

    public EmbeddedGrainStorageTests()
        : this(new TemporaryFolder("states"))
    {
    }

    private EmbeddedGrainStorageTests(TemporaryFolder folder)
        : base(services => services.AddEmbeddedStorage(folder.Location), silo => silo.AddEmbeddedGrainStorage()) => _folder = folder;

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
