using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Ptune.Contracts.Specs;

/// <summary>Specs of studies between servers. Before there were two forms, one was sent without saying its type: such bytes are the form of images.</summary>
[RegisterSerializer]
internal sealed class StudySpecCodec(ICodecProvider codecs) : IFieldCodec<IStudySpec>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, IStudySpec? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null) ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
        else codecs.GetCodec(value.GetType()).WriteField(ref writer, fieldIdDelta, typeof(IStudySpec), value);
    }

    public IStudySpec? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference) return ReferenceCodec.ReadReference<IStudySpec?, TInput>(ref reader, field);
        var type = field.FieldType is { } known && known != typeof(IStudySpec) ? known : typeof(TransferStudySpec);
        return (IStudySpec?)codecs.GetCodec(type).ReadValue(ref reader, field);
    }
}
