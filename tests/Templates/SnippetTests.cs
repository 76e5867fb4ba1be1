using System.Text.Json;
using Ptune.Templates.Chat;
using Ptune.Templates.Tests.Oracle;

namespace Ptune.Templates.Tests;

/// <summary>One feature of the language each, against Jinja.</summary>
public sealed class SnippetTests
{
    [Fact]
    public void Render_EverySnippet_GivesJinjasTextOrIsRefused()
    {
        var file = OracleFile.Read("snippets.json");
        var tally = new Tally();
        foreach (var item in file.GetProperty("cases").EnumerateArray())
        {
            var source = item.GetProperty("template").GetString()!;
            tally.Compare(source, item.TryGetProperty("rendered", out var text) ? text.GetString() : null, () =>
            {
                var conversation = JsonSerializer.SerializeToElement(new { messages = new[] { new { role = "user", content = "x" } }, kwargs = file.GetProperty("variables") });
                return ChatTemplate.Parse(source).Render(Conversation.Parse(conversation), new Dictionary<string, string>(), OracleFile.Now).Text;
            });
        }
        // Only the filter random, whose text is random.
        tally.Expect(count: 366, refused: 1);
    }
}
