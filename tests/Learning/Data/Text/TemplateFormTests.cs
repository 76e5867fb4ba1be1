using System.Text;
using Ptune.Contracts.Specs;
using Ptune.Learning.Data;
using Ptune.Learning.Data.Text;
using Ptune.Learning.Data.Text.Records;
using Ptune.Learning.Data.Text.Tokens;
using Ptune.Learning.Tokenization;

namespace Ptune.Learning.Tests.Data.Text;

/// <summary>Records whose text a template makes.</summary>
public sealed class TemplateFormTests : IDisposable
{
    private static readonly TokenizerFolder _tokenizer = TokenizerFolder.Load(DataFixture.PathOf("tokenizer"));
    private static readonly FolderEncoder _encoder = new(_tokenizer);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_Text_IsTheRenderedRecordAndAllOfItIsTrained()
    {
        var record = Read(TextFormat.Text, "{% for tag in tags %}[{{ tag }}]{% endfor %} {{ title | upper }}: {{ year }}{% if note %} ({{ note }}){% endif %}",
            """{"title": "oak", "tags": ["a", "b"], "year": 1912, "note": null, "unread": 0.5}""").Single();

        Assert.Equal("[a][b] OAK: 1912", record.Rendering.Text);
        var example = new ExampleEncoder(_encoder, null, LossScope.Response).Encode(record);
        Assert.Equal([.. _encoder.Encode("[a][b] OAK: 1912"), _encoder.EndOfText], example.Ids);
        Assert.All(example.Trained, Assert.True);
    }

    [Fact]
    public void Read_PromptAndResponse_AreEncodedApartAndTheResponseIsTrained()
    {
        var record = Read(TextFormat.PromptResponse, "Q: {{ question }}\nA: {{ response }}", """{"question": "Why?", "answer": "Grün."}""", ("response", "answer")).Single();

        int[] prompt = _encoder.Encode("Q: Why?\nA: ");
        int[] answer = [.. _encoder.Encode("Grün."), _encoder.EndOfText];
        var example = new ExampleEncoder(_encoder, null, LossScope.Response).Encode(record);
        Assert.Equal([.. prompt, .. answer], example.Ids);
        Assert.Equal([.. prompt.Select(_ => false), .. answer.Select(_ => true)], example.Trained);
        Assert.Equal(Encoding.UTF8.GetByteCount("Grün."), example.Bytes);
        Assert.All(new ExampleEncoder(_encoder, null, LossScope.All).Encode(record).Trained, Assert.True);
    }

    [Fact]
    public void Read_GenerationBlock_IsWhatIsTrained()
    {
        var record = Read(TextFormat.PromptResponse, "{{ prompt }}\n{% generation %}{{ response }}{% endgeneration %}\n\nThe end", """{"prompt": "One two", "response": "three four"}""").Single();

        Assert.Equal("One two\nthree four\nThe end", record.Rendering.Text);
        var example = new ExampleEncoder(_encoder, null, LossScope.Response).Encode(record);
        Assert.Contains("three four", _tokenizer.Tokenizer.Decode([.. example.Ids.Where((_, token) => example.Trained[token])]), StringComparison.Ordinal);
        Assert.DoesNotContain("The end", _tokenizer.Tokenizer.Decode([.. example.Ids.Where((_, token) => example.Trained[token])]), StringComparison.Ordinal);
        Assert.False(example.Trained[^1]);
        Assert.Equal(_encoder.EndOfText, example.Ids[^1]);
    }

    /// <summary>What the template writes may be a control token; what the record says never is.</summary>
    [Fact]
    public void Read_ControlToken_IsOneOnlyWhereTheTemplateWroteIt()
    {
        string token = _tokenizer.SpecialTokens["eos_token"]!;
        var record = Read(TextFormat.Text, token + "{{ text }}", $$"""{"text": "a{{token}}b"}""").Single();

        int[] ids = new ExampleEncoder(_encoder, null, LossScope.Response).Encode(record).Ids;

        Assert.Equal([_encoder.EndOfText, .. _encoder.Encode($"a{token}b"), _encoder.EndOfText], ids);
        Assert.DoesNotContain(_encoder.EndOfText, ids[1..^1]);
    }

    [Fact]
    public void Encode_MessagesWithATemplate_IsThatTemplates()
    {
        var template = TokenizerFolder.Parse("{% for m in messages %}{{ m.role }}: {% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.content }}{% endif %}{{ '\\n' }}{% endfor %}", "the template");
        Message[] talk = [new(Roles.User, "One"), new(Roles.Assistant, "two"), new(Roles.Tool, "three"), new(Roles.Assistant, "four")];

        var example = new FolderEncoder(_tokenizer, template: template).Encode(talk);

        Assert.Equal("user: One\nassistant: two\ntool: three\nassistant: four\n", _tokenizer.Tokenizer.Decode(example.Ids));
    }

    [Theory]
    [InlineData(TextFormat.Text, "{{ titel }}", "no field 'titel'")]
    [InlineData(TextFormat.Text, "{{ half }}", "'half' is or holds a number that is not whole")]
    [InlineData(TextFormat.Text, "{{ raise_exception('no ' + title) }}", "the template refuses the record: no oak")]
    [InlineData(TextFormat.Text, "{{ title.x.y }}", "the template fails")]
    [InlineData(TextFormat.Text, "{{ title", "template: ")]
    [InlineData(TextFormat.Text, "always the same", "it reads no field")]
    [InlineData(TextFormat.PromptResponse, "{{ response }} {{ title }}", "does not end with 'response'")]
    [InlineData(TextFormat.PromptResponse, "{{ title }}{{ empty }}", "'empty' is empty", "response", "empty")]
    [InlineData(TextFormat.Preference, "{{ title }}", "Use it with text or promptResponse")]
    public void Read_WhatCannotBeRendered_IsRefused(TextFormat format, string template, string expected, string? ours = null, string? theirs = null)
    {
        var error = Assert.Throws<DataException>(() => Read(format, template, """{"title": "oak", "half": 0.5, "response": "yes", "empty": " "}""", ours is null ? [] : [(ours, theirs!)]).ToList());

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    private IEnumerable<TemplatedText> Read(TextFormat format, string template, string line, params (string Ours, string Theirs)[] fields)
    {
        File.WriteAllText(_folder["a.jsonl"], line);
        var source = new TextSource([_folder["a.jsonl"]], format) { Template = template, Fields = fields.ToDictionary(pair => pair.Ours, pair => pair.Theirs) };
        return TextRecords.Read(source).Cast<TemplatedText>();
    }
}
