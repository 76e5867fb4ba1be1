namespace Ptune.Storage.Tests.Uploads;

public sealed class AzureUploadStoreTests(AzuriteFixture azurite) : UploadStoreContract(TestStorage.Azure(azurite));
