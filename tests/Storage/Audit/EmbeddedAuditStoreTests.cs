namespace Ptune.Storage.Tests.Audit;

public sealed class EmbeddedAuditStoreTests() : AuditStoreContract(TestStorage.Embedded());
