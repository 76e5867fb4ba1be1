using System.Text.Json;
using Ptune.Cli.Carrying;

namespace Ptune.Cli.Tests.Carrying;

public sealed class StoredTokensTests
{
    [Fact]
    public void RequireAgreement_TokensThatOnlyOneHas_DoNotMatter() =>
        Of("legal@v1", """{"model": {"vocab": {"a": 0, "b": 1, "old": 5}}}""").RequireAgreement(Of("smol@v2", """{"model": {"vocab": {"a": 0, "b": 1}}, "added_tokens": [{"id": 2, "content": "<new>"}]}"""));

    /// <summary>An added token counts before the vocabulary's, and where both share an id either may agree.</summary>
    [Fact]
    public void RequireAgreement_AddedToken_StandsBesideTheVocabularys() =>
        Of("legal@v1", """{"model": {"vocab": {"a": 0, "x": 1}}, "added_tokens": [{"id": 1, "content": "<s>"}]}""").RequireAgreement(Of("smol@v2", """{"model": {"vocab": [["a", 0.5], ["<s>", 0.1]]}}"""));

    [Fact]
    public void RequireAgreement_OtherTokens_NamesTheFirstTen()
    {
        static string Vocabulary(string letter) => JsonSerializer.Serialize(new { model = new { vocab = Enumerable.Range(0, 12).ToDictionary(id => $"{letter}{id:00}") } });

        var refused = Assert.Throws<CliException>(() => Of("legal@v1", Vocabulary("a")).RequireAgreement(Of("smol@v2", Vocabulary("b"))));

        Assert.Contains("of the 12 ids that both have, 12 mean another token. The first 10: 0 is 'a00' and 'b00';", refused.Message, StringComparison.Ordinal);
        Assert.Contains("9 is 'a09' and 'b09'.", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a10", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RequireAgreement_NothingInCommon_IsRefused() =>
        Assert.Contains("no token id in common", Assert.Throws<CliException>(() => Of("legal@v1", """{"model": {"vocab": {"a": 0}}}""").RequireAgreement(Of("smol@v2", """{"model": {"vocab": {"a": 1}}}"""))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"model": {"vocab": {"a": "b"}}}""")]
    [InlineData("""{"model": {"vocab": {"a": 0}}, "added_tokens": [{"id": 1}]}""")]
    public void Of_DamagedFile_IsRefused(string json) => Assert.Contains("tokenizer.json of smol@v2 cannot be read", Assert.Throws<CliException>(() => Of("smol@v2", json)).Message, StringComparison.Ordinal);

    private static StoredTokens Of(string name, string json)
    {
        using var document = JsonDocument.Parse(json);
        return StoredTokens.Of(name, document.RootElement);
    }
}
