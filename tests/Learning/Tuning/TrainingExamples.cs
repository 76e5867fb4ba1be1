using System.Text.Json.Nodes;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tests.Data.Text;

namespace Ptune.Learning.Tests.Tuning;

/// <summary>Examples of tests/fixtures/data to train on.</summary>
internal static class TrainingExamples
{
    /// <summary>Prompts and responses.</summary>
    public static IEnumerable<EncodedExample> Plain() => DataFixture.Expected["prompt_response"]!["plain"]!["examples"]!.AsArray().Select(Example);

    private static EncodedExample Example(JsonNode? node) =>
        new(ExpectedEncoder.Numbers(node!["ids"]), [.. ExpectedEncoder.Numbers(node["labels"]).Select(label => label != EncodedExample.Ignored)]);
}
