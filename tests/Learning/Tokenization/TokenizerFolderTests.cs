using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Tokenization;

/// <summary>The layouts in which transformers writes a tokenizer's files.</summary>
public sealed class TokenizerFolderTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public void Load_EveryLayout_FindsTheTokensAndTemplatesThatTransformersFinds()
    {
        var cases = TokenizerOracle.Cases("other-cases.json", "layouts");
        Assert.Equal(13, cases.Count);
        foreach (var item in cases)
        {
            var name = TokenizerOracle.Text(item, "folder");
            var loaded = item.GetProperty("loaded");
            var folder = TokenizerFolder.Load(Layout(name));
            Assert.Equal(loaded.GetProperty("eos_token").GetString(), folder.SpecialTokens.GetValueOrDefault("eos_token"));
            Assert.Equal(loaded.GetProperty("pad_token").GetString(), folder.SpecialTokens.GetValueOrDefault("pad_token"));
            Assert.Equal(loaded.GetProperty("bos_token").GetString(), folder.SpecialTokens.GetValueOrDefault("bos_token"));
            Assert.Equal(loaded.GetProperty("eos_id") is { ValueKind: JsonValueKind.Number } id ? id.GetInt32() : null, folder.IdOf("eos_token"));
            Assert.Equal(loaded.GetProperty("templates") is { ValueKind: JsonValueKind.Array } names ? names.EnumerateArray().Select(n => n.GetString()!) : [], folder.Templates.Keys.Order());
            var template = folder.Templates.GetValueOrDefault(TokenizerFolder.DefaultTemplate, "");
            Assert.Equal(loaded.GetProperty("default_template_sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(template)))[..16]);
        }
    }

    [Theory]
    [InlineData("layouts/both-templates", "chat_template.jinja")]
    [InlineData("layouts/config-adds-a-token", "<pad-new>")]
    public void Load_FilesThatDisagree_SaysWhichCounts(string name, string words) =>
        Assert.Contains(TokenizerFolder.Load(Layout(name)).Notes, note => note.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void Load_NoTokenizerJson_SaysWhatThereIsAndHowToWriteOne()
    {
        File.WriteAllText(_temp["vocab.json"], "{}");
        var failure = Assert.Throws<TokenizerException>(() => TokenizerFolder.Load(_temp.Path));
        Assert.Contains("tokenizer.json, only vocab.json", failure.Message, StringComparison.Ordinal);
        Assert.Contains("save_pretrained", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"eos_token": "<|nowhere|>"}""", "<|nowhere|>")]
    [InlineData("""{"added_tokens_decoder": {"7": {"content": "<|extra|>"}}}""", "'<|extra|>'")]
    [InlineData("""{"chat_template": 7}""", "chat_template")]
    [InlineData("""{"eos_token": """, "tokenizer_config.json")]
    public void Load_ConfigThatDoesNotFit_IsRefusedWithWords(string config, string words)
    {
        File.Copy(TokenizerOracle.PathOf("qwen-bpe/tokenizer.json"), _temp["tokenizer.json"]);
        File.WriteAllText(_temp["tokenizer_config.json"], config);
        Assert.Contains(words, Assert.Throws<TokenizerException>(() => TokenizerFolder.Load(_temp.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_AddedTokenWithAnIdThatIsTaken_NamesBothAndTheId()
    {
        var file = File.ReadAllText(TokenizerOracle.PathOf("qwen-bpe/tokenizer.json"));
        File.WriteAllText(_temp["tokenizer.json"], file.Replace("\"id\":500", "\"id\":7", StringComparison.Ordinal).Replace("\"id\": 500", "\"id\": 7", StringComparison.Ordinal));
        var failure = Assert.Throws<TokenizerException>(() => TokenizerFolder.Load(_temp.Path));
        Assert.Contains("'<|endoftext|>' has the id 7", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Load_FileThatIsCut_NamesIt(double part)
    {
        var file = File.ReadAllText(TokenizerOracle.PathOf("qwen-bpe/tokenizer.json"));
        File.WriteAllText(_temp["tokenizer.json"], file[..(int)(file.Length * part)]);
        Assert.Contains("tokenizer.json", Assert.Throws<TokenizerException>(() => TokenizerFolder.Load(_temp.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Template_SeveralWithoutADefault_AreListed()
    {
        File.Copy(TokenizerOracle.PathOf("qwen-bpe/tokenizer.json"), _temp["tokenizer.json"]);
        File.WriteAllText(_temp["tokenizer_config.json"], """{"chat_template": [{"name": "tool_use", "template": "x"}, {"name": "rag", "template": "y"}]}""");
        Assert.Contains("tool_use, rag", Assert.Throws<TokenizerException>(() => TokenizerFolder.Load(_temp.Path).Template()).Message, StringComparison.Ordinal);
    }

    // The files of a layout beside the tokenizer that they belong to.
    private string Layout(string name)
    {
        var folder = _temp.Folder(name);
        File.Copy(TokenizerOracle.PathOf("qwen-bpe/tokenizer.json"), Path.Combine(folder, "tokenizer.json"), overwrite: true);
        var source = TokenizerOracle.PathOf(name);
        if (!Directory.Exists(source)) return folder;
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(folder, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target, overwrite: true);
        }
        return folder;
    }
}
