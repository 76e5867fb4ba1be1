namespace Ptune.Storage.Tests.Artifacts;

public sealed class EmbeddedCheckpointStoreTests() : CheckpointStoreContract(TestStorage.Embedded());
