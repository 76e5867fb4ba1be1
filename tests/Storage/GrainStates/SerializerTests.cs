using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Ptune.Storage.Serialization;

namespace Ptune.Storage.Tests.GrainStates;

public sealed class SerializerTests
{
    private readonly SpecJsonGrainStorageSerializer _stored = new();

    [Fact]
    public void Stored_State_ComesBackTheSame() =>
        Assert.Equal(SampleStates.Text(SampleStates.Full), SampleStates.Text(_stored.Deserialize<SampleState>(_stored.Serialize(SampleStates.Full))));

    [Fact]
    public void OnTheWire_State_ComesBackTheSame()
    {
        var wire = SampleStates.Serialization.GetRequiredService<Serializer>();
        Assert.Equal(SampleStates.Text(SampleStates.Full), SampleStates.Text(wire.Deserialize<SampleState>(wire.SerializeToArray(SampleStates.Full))!));
    }

    [Fact]
    public void Stored_State_NamesNoTypesAndNoAssemblies()
    {
        var json = Encoding.UTF8.GetString(_stored.Serialize(SampleStates.Full));
        Assert.Contains("\"kind\":\"NoOp\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain("Ptune", json, StringComparison.Ordinal);
        Assert.DoesNotContain("$type", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Deserialize_MemberOfALaterVersion_IsPassedOver() =>
        Assert.Equal(3, _stored.Deserialize<SampleState>(BinaryData.FromString("""{"number":3,"addedLater":{"x":1}}""")).Number);

    [Theory]
    [InlineData("null")]
    [InlineData("{\"number\":")]
    [InlineData("{\"number\":\"three\"}")]
    public void Deserialize_NoState_IsAnError(string json) =>
        Assert.ThrowsAny<JsonException>(() => _stored.Deserialize<SampleState>(BinaryData.FromString(json)));
}
