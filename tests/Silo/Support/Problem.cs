using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ptune.Contracts.Http;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Tests.Support;

/// <summary>Reads problem+json, and holds its shape.</summary>
public static class Problem
{
    public static async Task<JsonObject> ReadAsync(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{(int)response.StatusCode}, not {(int)expected}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonNode.Parse(text)!.AsObject();
        Assert.Equal((int)expected, (int)problem["status"]!);
        Assert.False(string.IsNullOrEmpty((string?)problem["title"]));
        Assert.False(string.IsNullOrEmpty((string?)problem["detail"]));
        return problem;
    }

    public static async Task<SpecProblem[]> SpecErrorsAsync(HttpResponseMessage response)
    {
        var problem = await ReadAsync(response, HttpStatusCode.UnprocessableEntity);
        return problem[Routes.SpecErrors].Deserialize<SpecProblem[]>(SpecJson.Options)!;
    }
}
