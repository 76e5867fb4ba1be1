using Orleans.Serialization.Serializers;

namespace Ptune.Contracts.Specs;

/// <summary>Data sets: without a type they are images.</summary>
[RegisterSerializer]
internal sealed class DatasetCodec(ICodecProvider codecs) : DefaultTypeCodec<IDatasetSpec, ImageDatasetSpec>(codecs);
