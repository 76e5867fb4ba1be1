using System.Text;
using System.Text.Json;
using Ptune.Contracts.Artifacts;
using Ptune.Contracts.Carrying;

namespace Ptune.Contracts.Tests.Carrying;

public sealed class TokenTableTests
{
    [Fact]
    public async Task Disagreement_TokensThatOnlyOneHas_DoNotMatter() =>
        Assert.Null(await CompareAsync("""{"model": {"vocab": {"a": 0, "b": 1, "old": 5}}}""", """{"model": {"vocab": {"a": 0, "b": 1}}, "added_tokens": [{"id": 2, "content": "<new>"}]}"""));

    /// <summary>An added token counts before the vocabulary's, and where both share an id either may agree.</summary>
    [Fact]
    public async Task Disagreement_AddedToken_StandsBesideTheVocabularys() =>
        Assert.Null(await CompareAsync("""{"model": {"vocab": {"a": 0, "x": 1}}, "added_tokens": [{"id": 1, "content": "<s>"}]}""", """{"model": {"vocab": [["a", 0.5], ["<s>", 0.1]]}}"""));

    [Fact]
    public async Task Disagreement_OtherTokens_NamesTheFirstTen()
    {
        static string Vocabulary(string letter) => JsonSerializer.Serialize(new { model = new { vocab = Enumerable.Range(0, 12).ToDictionary(id => $"{letter}{id:00}") } });

        var different = await CompareAsync(Vocabulary("a"), Vocabulary("b"));

        Assert.StartsWith("legal@v1 and smol@v2 have different tokens: of the 12 ids that both have, 12 mean another token. The first 10: 0 is 'a00' and 'b00';", different, StringComparison.Ordinal);
        Assert.EndsWith("9 is 'a09' and 'b09'.", different, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disagreement_NothingInCommon_IsSaid() =>
        Assert.Equal("legal@v1 and smol@v2 have no token id in common.", await CompareAsync("""{"model": {"vocab": {"a": 0}}}""", """{"model": {"vocab": {"a": 1}}}"""));

    [Theory]
    [InlineData("{}")]
    [InlineData("{")]
    [InlineData("""{"model": {"vocab": {"a": "b"}}}""")]
    [InlineData("""{"model": {"vocab": [[]]}}""")]
    [InlineData("""{"model": {"vocab": [[null, 1]]}}""")]
    [InlineData("""{"model": {"vocab": {"a": 0}}, "added_tokens": [{"id": 1}]}""")]
    public async Task Read_DamagedFile_IsRefused(string json) =>
        Assert.Contains("tokenizer.json cannot be read", (await Assert.ThrowsAsync<InvalidDataException>(() => ReadAsync(json))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Read_ArtifactWithoutTheFile_HasNone() => Assert.Null(await TokenTable.ReadAsync([], _ => throw new InvalidOperationException(), TestContext.Current.CancellationToken));

    private static async Task<string?> CompareAsync(string own, string other) => (await ReadAsync(own))!.Disagreement((await ReadAsync(other))!, "legal@v1", "smol@v2");

    private static Task<TokenTable?> ReadAsync(string json) => TokenTable.ReadAsync(
        [new ArtifactFile(TokenTable.FileName, "sha256:0", json.Length)], _ => Task.FromResult<Stream>(new MemoryStream(Encoding.UTF8.GetBytes(json))), TestContext.Current.CancellationToken);
}
