namespace Ptune.Storage.Tests.Artifacts;

public sealed class EmbeddedLogStoreTests() : LogStoreContract(TestStorage.Embedded());
