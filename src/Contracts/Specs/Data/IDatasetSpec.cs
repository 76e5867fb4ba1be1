using System.Text.Json.Serialization;

namespace Ptune.Contracts.Specs;

/// <summary>
/// A data set, declared by its files and their digests, wherever they lie. An interface, because a base type would change what versions before have
/// sent and stored of images.
/// </summary>
[Variant(typeof(ImageDatasetSpec), "images", IsDefault = true)]
[Variant(typeof(TextDatasetSpec), "text")]
[JsonConverter(typeof(VariantConverter<IDatasetSpec>))]
public interface IDatasetSpec
{
    /// <summary>The location of files that clients have uploaded: workers find them in the store by their digests.</summary>
    const string Uploads = "uploads:";

    /// <summary>Characters of a label's name.</summary>
    const int MaxLabel = 100;

    /// <summary>Characters of a display name.</summary>
    const int MaxName = 200;

    /// <summary>Characters of a location.</summary>
    const int MaxLocation = 2000;

    /// <summary>What people call it.</summary>
    string Name { get; }

    /// <summary>A folder, an http(s) address, or <see cref="Uploads"/>.</summary>
    string Location { get; }

    /// <summary>Its files, each with the path of its declaration below the data set's own place in a spec.</summary>
    IEnumerable<(string Key, DataFile File)> Declared();

    /// <summary>The same files elsewhere.</summary>
    IDatasetSpec At(string location);
}
