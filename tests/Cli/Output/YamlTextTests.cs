using System.Text.Json.Nodes;
using Ptune.Cli.Output;

namespace Ptune.Cli.Tests.Output;

public class YamlTextTests
{
    [Theory]
    [InlineData("plain")]
    [InlineData("true")]
    [InlineData("No")]
    [InlineData("12")]
    [InlineData("1e3")]
    [InlineData(".5")]
    [InlineData("0x1f")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("")]
    [InlineData(" padded ")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("# no comment")]
    [InlineData("- dash")]
    [InlineData("[x]")]
    [InlineData("{x}")]
    [InlineData("*alias")]
    [InlineData("&anchor")]
    [InlineData("!tag")]
    [InlineData("@at")]
    [InlineData("`tick")]
    [InlineData("two\nlines")]
    [InlineData("tab\there")]
    [InlineData("quote \" and ' and \\")]
    [InlineData("sha256:0123")]
    [InlineData("2026-01-02")]
    [InlineData("Ärger ✓")]
    [InlineData("vit@v1")]
    [InlineData("T-shirt/top")]
    public void Of_AnyText_ReadsBackAsThatText(string text)
    {
        var node = new JsonObject { ["key"] = text, [text] = "value", ["list"] = new JsonArray(text, "x"), ["nested"] = new JsonArray(new JsonObject { ["a"] = text, ["b"] = new JsonObject { ["c"] = text } }) };
        Assert.Equal(node.ToJsonString(), Yaml.Read(YamlText.Of(node)).ToJsonString());
    }

    [Fact]
    public void Of_NumbersEmptyAndNested_ReadBackTheSame()
    {
        var node = JsonNode.Parse("""{"n":1,"f":0.0005,"t":true,"z":null,"e":{},"l":[],"deep":[[1,2],[3]],"objects":[{"a":1},{"a":2,"b":[{"c":3}]}],"long":[1000000,1000001,1000002,1000003,1000004,1000005,1000006,1000007,1000008,1000009,1000010,1000011]}""")!;
        Assert.Equal(node.ToJsonString(), Yaml.Read(YamlText.Of(node)).ToJsonString());
    }

    [Fact]
    public void Of_ShortScalarList_StandsOnOneLine() => Assert.Equal("seeds: [1, 2, 3]\n", YamlText.Of(JsonNode.Parse("""{"seeds":[1,2,3]}""")));
}
