namespace Ptune.Storage.Tests.Audit;

public sealed class AzureAuditStoreTests(AzuriteFixture azurite) : AuditStoreContract(TestStorage.Azure(azurite));
