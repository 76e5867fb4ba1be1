namespace Ptune.Storage.Tests.Artifacts;

public sealed class AzureCheckpointStoreTests(AzuriteFixture azurite) : CheckpointStoreContract(TestStorage.Azure(azurite));
