using System.Reflection;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class ApiDocumentTests(RunningServer running)
{
    private static readonly string[] Paths = [.. typeof(Routes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(f => (string)f.GetRawConstantValue()!).Where(v => v.StartsWith('/')).Select(v => v.Replace("{*", "{", StringComparison.Ordinal))];

    [Fact]
    public async Task Document_ListsEveryRouteAndNoOther()
    {
        var document = await ReadAsync();
        Assert.Equal(Paths.Order(StringComparer.Ordinal), document["paths"]!.AsObject().Select(p => p.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Document_EveryOperation_HasASummaryAndAResponseType()
    {
        foreach (var (path, item) in (await ReadAsync())["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                Assert.False(string.IsNullOrEmpty((string?)operation!["summary"]), $"{method} {path} has no summary");
                var answers = operation["responses"]!.AsObject().Where(r => r.Key.StartsWith('2')).ToArray();
                Assert.True(answers.Length == 1 && answers[0].Value!["content"] is JsonObject { Count: > 0 }, $"{method} {path} says nothing of its answer");
            }
        }
    }

    [Fact]
    public async Task Document_Submit_TakesYamlAndJson()
    {
        var content = (await ReadAsync())["paths"]![Routes.Jobs]!["post"]!["requestBody"]!["content"]!.AsObject();
        Assert.Equal([Routes.Yaml, "application/json"], content.Select(c => c.Key));
    }

    [Theory]
    [InlineData(Routes.JobEvents)]
    [InlineData(Routes.StudyEvents)]
    [InlineData(Routes.SweepEvents)]
    public async Task Document_Events_AreAStream(string path)
    {
        var content = (await ReadAsync())["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!.AsObject();
        Assert.Equal(["text/event-stream"], content.Select(c => c.Key));
    }

    private async Task<JsonObject> ReadAsync()
    {
        using var http = running.Server.Client();
        return JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json"))!.AsObject();
    }
}
