namespace Ptune.Storage.Tests.GrainStates;

public sealed class AzureGrainStorageTests(AzuriteFixture azurite) : GrainStorageContract(
    services => services.AddAzureStorage(azurite.ConnectionString), silo => silo.AddAzureGrainStorage(azurite.ConnectionString));
