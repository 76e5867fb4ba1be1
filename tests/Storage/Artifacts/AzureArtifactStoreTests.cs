namespace Ptune.Storage.Tests.Artifacts;

public sealed class AzureArtifactStoreTests(AzuriteFixture azurite) : ArtifactStoreContract(TestStorage.Azure(azurite));
