using System.Buffers;
using Orleans.Serialization.Buffers;
using Orleans.Serialization.Codecs;
using Orleans.Serialization.Serializers;
using Orleans.Serialization.WireProtocol;

namespace Ptune.Contracts.Specs;

/// <summary>
/// Values of an interface between servers and workers. Before there was more than one type, a value was sent without saying its type: such bytes are a <typeparamref name="TDefault"/>.
/// </summary>
internal abstract class DefaultTypeCodec<T, TDefault>(ICodecProvider codecs) : IFieldCodec<T>
    where T : class
    where TDefault : class, T
{
    public void WriteField<TBufferWriter>(ref Writer<TBufferWriter> writer, uint fieldIdDelta, Type? expectedType, T? value)
        where TBufferWriter : IBufferWriter<byte>
    {
        if (value is null) ReferenceCodec.WriteNullReference(ref writer, fieldIdDelta);
        else codecs.GetCodec(value.GetType()).WriteField(ref writer, fieldIdDelta, typeof(T), value);
    }

    public T? ReadValue<TInput>(ref Reader<TInput> reader, Field field)
    {
        if (field.WireType == WireType.Reference) return ReferenceCodec.ReadReference<T?, TInput>(ref reader, field);
        var type = field.FieldType is { } known && known != typeof(T) ? known : typeof(TDefault);
        return (T?)codecs.GetCodec(type).ReadValue(ref reader, field);
    }
}
