using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Ptune.Contracts.Stores;

namespace Ptune.WebConsole.Security;

/// <summary>The keys of cookies and forms, in the store: any silo reads what another one has written, and nothing lies in somebody's home folder.</summary>
internal sealed class BlobKeys(IBlobStore blobs) : IXmlRepository
{
    private const string Prefix = "keys/forms/";

    public IReadOnlyCollection<XElement> GetAllElements() => ReadAsync().GetAwaiter().GetResult();

    public void StoreElement(XElement element, string friendlyName)
    {
        using var content = new MemoryStream();
        element.Save(content, SaveOptions.DisableFormatting);
        content.Position = 0;
        blobs.CreateAsync($"{Prefix}{Guid.NewGuid():n}.xml", content).GetAwaiter().GetResult();
    }

    private async Task<List<XElement>> ReadAsync()
    {
        var elements = new List<XElement>();
        await foreach (var blob in blobs.ListAsync(Prefix))
        {
            if (await blobs.OpenAsync(blob.Name) is not { } content) continue;
            await using (content) elements.Add(await XElement.LoadAsync(content, LoadOptions.None, CancellationToken.None));
        }
        return elements;
    }
}
