namespace Ptune.Storage.Tests.Artifacts;

public sealed class AzureLogStoreTests(AzuriteFixture azurite) : LogStoreContract(TestStorage.Azure(azurite));
