namespace Ptune.Storage.Tests.Collecting;

public sealed class EmbeddedStoreCollectorTests() : StoreCollectorContract(TestStorage.Embedded());
