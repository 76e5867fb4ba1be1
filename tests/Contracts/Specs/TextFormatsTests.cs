using System.Text.Json;
using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Formats of records as specs write them; tests/Extension adds one, which an end-to-end test runs.</summary>
public sealed class TextFormatsTests
{
    [Theory]
    [InlineData(TextFormat.Text, "text")]
    [InlineData(TextFormat.PromptResponse, "promptResponse")]
    [InlineData(TextFormat.Messages, "messages")]
    [InlineData(TextFormat.TextLabel, "textLabel")]
    [InlineData(TextFormat.MultipleChoice, "multipleChoice")]
    [InlineData(TextFormat.Preference, "preference")]
    public void OwnFormat_IsWrittenByItsWord(TextFormat format, string word)
    {
        Assert.Equal($"\"{word}\"", JsonSerializer.Serialize(format, SpecJson.Options));
        Assert.Equal(format, JsonSerializer.Deserialize<TextFormat>($"\"{word}\"", SpecJson.Stored));
        Assert.Equal((format, format), (TextFormats.Named(word)!.Value, TextFormats.ShapeOf(format)));
    }

    [Theory]
    [InlineData("\"Text\"")]
    [InlineData("\"alpaca\"")]
    [InlineData("1001")]
    public void UnknownWord_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<TextFormat>(json, SpecJson.Options));

    [Theory]
    [InlineData(7, "new", TextFormat.Text)]
    [InlineData(1001, "text", TextFormat.Text)]
    [InlineData(1001, "new", (TextFormat)1002)]
    public void Add_NumberOrWordThatIsTaken_IsRefused(int number, string word, TextFormat shape) =>
        Assert.Throws<ArgumentException>(() => TextFormats.Add((TextFormat)number, new(word, shape, ["first"])));
}
