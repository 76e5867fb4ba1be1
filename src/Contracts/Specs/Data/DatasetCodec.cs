using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Data sets between servers and workers. Before there were kinds, a data set was sent without saying its type: such bytes are images.
/// </summary>
[RegisterSerializer]
internal sealed class DatasetCodec(ICodecProvider codecs) : IFieldCodec<IDatasetSpec>
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, IDatasetSpec? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null) ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
        else codecs.GetCodec(value.GetType()).WriteField(ref writer, fieldIdDelta, typeof(IDatasetSpec), value);
    }

    public IDatasetSpec? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference) return ReferenceCodec.ReadReference<IDatasetSpec?, TInput>(ref reader, field);
        var type = field.FieldType is { } known && known != typeof(IDatasetSpec) ? known : typeof(ImageDatasetSpec);
        return (IDatasetSpec?)codecs.GetCodec(type).ReadValue(ref reader, field);
    }
}
