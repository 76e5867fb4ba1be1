using Orleans.Serialization.Serializers;

namespace Ptune.Contracts.Specs;

/// <summary>Specs of studies: without a type they have the form of images.</summary>
[RegisterSerializer]
internal sealed class StudySpecCodec(ICodecProvider codecs) : DefaultTypeCodec<IStudySpec, TransferStudySpec>(codecs);
