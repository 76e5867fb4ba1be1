using System.Text.Json;
using Orleans.Storage;
using Ptune.Contracts.Specs;

namespace Ptune.Storage.Serialization;

/// <summary>
/// Grain states as the JSON of <see cref="SpecJson"/>: names of members, and no names of assemblies or types, so that a class may be
/// renamed or moved without losing what was stored.
/// </summary>
public sealed class SpecJsonGrainStorageSerializer : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input, SpecJson.Stored));

    /// <exception cref="JsonException">The text is no <typeparamref name="T"/>.</exception>
    public T Deserialize<T>(BinaryData input) =>
        JsonSerializer.Deserialize<T>(input.ToMemory().Span, SpecJson.Stored)
        ?? throw new JsonException($"The stored state of {typeof(T).Name} is null.");
}
