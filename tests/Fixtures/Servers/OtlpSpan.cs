using System.Text;

namespace Ptune.Fixtures.Servers;

/// <summary>A span as it was exported.</summary>
/// <param name="Service">The name of the program that made it.</param>
/// <param name="Name">What it is about.</param>
/// <param name="Trace">In hexadecimal, as all ids here.</param>
/// <param name="Parent">Empty for the first of a trace.</param>
/// <param name="Attributes">Texts and numbers by name, as texts.</param>
public sealed record OtlpSpan(string Service, string Name, string Trace, string Id, string Parent, IReadOnlyDictionary<string, string> Attributes)
{
    /// <summary>The spans of an export; numbers of fields are those of opentelemetry-proto, trace/v1/trace.proto.</summary>
    public static IEnumerable<OtlpSpan> AllOf(byte[] export) =>
        from resource in Messages(export, 1)
        let service = Messages(resource, 1).SelectMany(inner => Pairs(inner, 1)).FirstOrDefault(pair => pair.Key == "service.name").Value ?? ""
        from scope in Messages(resource, 2)
        from span in Messages(scope, 2)
        select new OtlpSpan(service, Text(span, 5), Hexadecimal(span, 1), Hexadecimal(span, 2), Hexadecimal(span, 4), Pairs(span, 9).ToDictionary());

    /// <summary>Whether it has this attribute with this value.</summary>
    public bool Has(string attribute, string value) => Attributes.GetValueOrDefault(attribute) == value;

    private static IEnumerable<KeyValuePair<string, string>> Pairs(byte[] message, int field) =>
        Messages(message, field).Select(pair => KeyValuePair.Create(Text(pair, 1), Messages(pair, 2).Select(Value).FirstOrDefault("")));

    private static string Value(byte[] any) => Fields(any).Select(f => f.Bytes is { } bytes ? Encoding.UTF8.GetString(bytes) : $"{f.Number}").FirstOrDefault("");

    private static string Text(byte[] message, int field) => Messages(message, field).Select(Encoding.UTF8.GetString).FirstOrDefault("");

    private static string Hexadecimal(byte[] message, int field) => Messages(message, field).Select(Convert.ToHexStringLower).FirstOrDefault("");

    private static IEnumerable<byte[]> Messages(byte[] message, int field) => Fields(message).Where(f => f.Field == field && f.Bytes is not null).Select(f => f.Bytes!);

    /// <summary>Protobuf's wire format: a key, then a number of varying or fixed length, or a length and as many bytes.</summary>
    private static IEnumerable<(int Field, long Number, byte[]? Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var key = Number(message, ref at);
            var (field, type) = ((int)(key >> 3), key & 7);
            if (type == 0)
            {
                yield return (field, Number(message, ref at), null);
                continue;
            }
            var length = type switch { 1 => 8, 2 => (int)Number(message, ref at), 5 => 4, _ => throw new InvalidDataException($"No wire type {type} is expected.") };
            if (type == 2) yield return (field, 0, message[at..(at + length)]);
            at += length;
        }
    }

    private static long Number(byte[] message, ref int at)
    {
        var (value, shift) = (0L, 0);
        while (true)
        {
            var part = message[at++];
            value |= (long)(part & 0x7f) << shift;
            if (part < 0x80) return value;
            shift += 7;
        }
    }
}
