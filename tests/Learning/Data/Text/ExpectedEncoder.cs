using System.Text.Json.Nodes;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Templates;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>
/// A tokenizer that knows the texts of the fixture and no others: whoever asks for another text, or for prompt and response together,
/// gets an exception.
/// </summary>
internal sealed class ExpectedEncoder : ITextEncoder
{
    private readonly Dictionary<string, int[]> _ids = new(StringComparer.Ordinal);

    public int EndOfText { get; } = DataFixture.Expected["eos"]!["id"]!.GetValue<int>();

    public static int[] Numbers(JsonNode? list) => [.. list!.AsArray().Select(number => number!.GetValue<int>())];

    public void Knows(string text, int[] ids) => _ids[text] = ids;

    public int[] Encode(string text) => _ids[text];

    public int[] Encode(Rendering rendering, out bool[] generated) => throw new NotSupportedException("No record of the fixture is rendered.");
}
