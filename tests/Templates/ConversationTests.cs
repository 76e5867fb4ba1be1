using System.Text.Json;
using Ptune.Templates.Chat;
using Ptune.Templates.Tests.Oracle;

namespace Ptune.Templates.Tests;

/// <summary>Conversations over whole chat templates, against transformers.</summary>
public sealed class ConversationTests
{
    private static readonly Dictionary<string, string> _noTokens = [];

    [Fact]
    public void Render_EveryConversationOverEveryTemplate_GivesTransformersTextOrFailsWithIt()
    {
        var templates = new Dictionary<string, ChatTemplate>();
        var tally = new Tally();
        foreach (var item in OracleFile.Read("cases.json").GetProperty("cases").EnumerateArray())
        {
            var name = item.GetProperty("template").GetString()!;
            if (!templates.TryGetValue(name, out var template)) templates[name] = template = ChatTemplate.Parse(OracleFile.Template(name));
            tally.Compare($"{name}, {item.GetProperty("name")}", Rendered(item), () => template.Render(Conversation.Parse(item), _noTokens, OracleFile.Now).Text);
        }
        tally.Expect(count: 661, refused: 0);
    }

    private static string? Rendered(JsonElement item) => item.TryGetProperty("rendered", out var text) ? text.GetString() : null;
}
