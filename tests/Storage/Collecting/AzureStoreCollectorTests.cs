namespace Ptune.Storage.Tests.Collecting;

public sealed class AzureStoreCollectorTests(OwnAzurite azurite) : StoreCollectorContract(TestStorage.Azure(azurite.Server)), IClassFixture<OwnAzurite>;
