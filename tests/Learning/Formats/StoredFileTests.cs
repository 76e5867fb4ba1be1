using Ptune.Fixtures;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Checks;
using Ptune.Learning.Formats;
using Ptune.Learning.Generation;
using Ptune.Learning.Tests.Generation;

namespace Ptune.Learning.Tests.Formats;

/// <summary>Files of models that are none: whoever opened such a pipe would wait for ever.</summary>
public sealed class StoredFileTests
{
    // Far longer than a refusal takes, on whatever machine.
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("special_tokens_map.json")]
    [InlineData("chat_template.jinja")]
    public async Task Generate_FileOfTheModelIsAPipe_IsRefused(string name)
    {
        using var model = new TextModel();
        ReplaceByPipe(model.Folder, name);
        var options = new FolderGenerationOptions { Folder = model.Folder, Prompts = [new GenerationPrompt { Text = "hello" }], MaxTokens = 1 };
        await RefusedAsync(name, () => RecordingReader.Run(options));
    }

    [Theory]
    [InlineData("config.json")]
    [InlineData("model.safetensors")]
    [InlineData("generation_config.json")]
    [InlineData("tokenizer.json")]
    [InlineData("tokenizer_config.json")]
    [InlineData("README.md")]
    public async Task Check_FileOfTheModelIsAPipe_IsRefused(string name)
    {
        using var model = new TextModel();
        if (name == "tokenizer_config.json") File.Delete(model["chat_template.jinja"]);
        ReplaceByPipe(model.Folder, name);
        await RefusedAsync(name, () => ModelCheck.Run(new ModelCheckOptions { Folder = model.Folder }));
    }

    [Theory]
    [InlineData("adapter_config.json")]
    [InlineData("adapter_model.safetensors")]
    public async Task Open_FileOfTheAdapterIsAPipe_IsRefused(string name)
    {
        using var folder = new TempFolder();
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("tests", "fixtures", "peft", "lora-qv"), "adapter_*")) File.Copy(file, folder[Path.GetFileName(file)]);
        ReplaceByPipe(folder.Path, name);
        await RefusedAsync(name, () => PeftFolder.Open(folder.Path).Dispose());
    }

    [Fact]
    public void Open_Device_IsRefused() =>
        Assert.Contains("a device", Assert.Throws<LearningException>(() => StoredFile.ReadBytes("/dev/zero")).Message, StringComparison.Ordinal);

    private static async Task RefusedAsync(string name, Action use)
    {
        var error = await Assert.ThrowsAnyAsync<LearningException>(() => Task.Run(use).WaitAsync(_patience));
        Assert.Contains($"{name}' is a named pipe", error.Message, StringComparison.Ordinal);
    }

    private static void ReplaceByPipe(string folder, string name)
    {
        string path = Path.Combine(folder, name);
        File.Delete(path);
        using var others = new TempFolder();
        using var special = new SpecialFiles(others.Path);
        File.Move(others["pipe"], path);
    }
}
