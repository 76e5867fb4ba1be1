namespace Ptune.Storage.Tests.Uploads;

public sealed class EmbeddedUploadStoreTests() : UploadStoreContract(TestStorage.Embedded());
