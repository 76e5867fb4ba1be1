namespace Ptune.Storage.Tests.Catalog;

public sealed class EmbeddedCatalogTests() : CatalogContract(TestStorage.Embedded());
