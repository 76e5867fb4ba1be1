using System.Text.Json.Nodes;
using Json.Schema;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures;
using YamlDotNet.RepresentationModel;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>The schema as an editor uses it: with a validator that follows references.</summary>
public sealed class SpecSchemaTests
{
    private static readonly JsonObject _text = SpecSchema.Create();

    private static readonly JsonSchema _schema = JsonSchema.FromText(_text.ToJsonString());

    public static TheoryData<string> Examples => [.. Directory.EnumerateFiles(Repository.PathOf("examples"), "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Fact]
    public void References_All_LeadSomewhere()
    {
        var references = Nodes(_text).OfType<JsonObject>().Select(o => o["$ref"]).OfType<JsonValue>().Select(r => r.GetValue<string>()).ToArray();
        Assert.NotEmpty(references);
        Assert.DoesNotContain(references, reference => Follow(reference) is null);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Evaluate_OfAnExample_IsValid(string example) => Assert.True(IsValid(File.ReadAllText(Repository.PathOf("examples", example))));

    [Theory]
    [MemberData(nameof(Examples))]
    public void Evaluate_OfAnExampleWithAnUnknownKeyInAnyMap_IsInvalid(string example)
    {
        var text = File.ReadAllText(Repository.PathOf("examples", example));
        foreach (var map in Nodes(Json(text)).OfType<JsonObject>().Select(m => m.GetPath()).Where(path => !IsOfFreeNames(path)).ToArray())
        {
            var root = Json(text);
            Nodes(root).OfType<JsonObject>().Single(m => m.GetPath() == map)["unknownKey"] = "x";
            Assert.False(IsValid(root), $"an unknown key in {map} was taken");
        }
    }

    [Theory]
    [InlineData("scheduling: { needs: { memoryGib: 1 } }")]
    [InlineData("scheduling: { logRules: [{ pattern: x, action: retry }] }")]
    [InlineData("scheduling: { activeDeadline: '1 h' }")]
    public void Evaluate_OfAMistakeBehindAReference_IsInvalid(string line)
    {
        var job = $"apiVersion: ptune/v1\nkind: Scoring\nsubject: a@v1\ndata: {{ split: test, dataset: {Dataset} }}\n";
        Assert.True(IsValid(job));
        Assert.False(IsValid(job + line));
    }

    private static string Dataset
    {
        get
        {
            var file = $"{{ path: f, sha256: {new string('a', 64)} }}";
            return $"{{ name: d, location: /d, labels: [a, b], files: {{ trainImages: {file}, trainLabels: {file}, testImages: {file}, testLabels: {file} }} }}";
        }
    }

    /// <summary>Whose fields these names are depends on the format and the template: the reader knows, a schema cannot.</summary>
    private static bool IsOfFreeNames(string path) => path.EndsWith(".fields", StringComparison.Ordinal);

    private static bool IsValid(string yaml) => IsValid(Json(yaml));

    private static bool IsValid(JsonNode spec) => _schema.Evaluate(System.Text.Json.JsonSerializer.SerializeToElement(spec)).IsValid;

    private static JsonNode? Follow(string reference)
    {
        JsonNode? at = _text;
        foreach (var step in reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries))
            at = at is JsonArray items ? items[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)] : at?[step];
        return at;
    }

    private static IEnumerable<JsonNode> Nodes(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => Nodes(m.Value)).Prepend(members),
        JsonArray items => items.SelectMany(Nodes).Prepend(items),
        null => [],
        _ => [node],
    };

    private static JsonNode Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode)!;
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Json(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: var text } => SweepValue.Parse(text ?? "")?.ToNode(),
        _ => JsonValue.Create(((YamlScalarNode)node).Value),
    };
}
