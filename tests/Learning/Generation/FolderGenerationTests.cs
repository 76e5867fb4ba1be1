using Ptune.Fixtures;
using Ptune.Learning.Adaptation.Peft;
using Ptune.Learning.Generation;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using Ptune.Learning.Tests.Models.HuggingFace;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Generation;

public sealed class FolderGenerationTests
{
    private static readonly GenerationPrompt[] _prompts = [GenerationPrompt.OfIds(5, 9, 20, 31), GenerationPrompt.OfIds(7, 7)];

    [Theory]
    [InlineData("prompt-tuning", "qwen2-tied")]
    [InlineData("gpt2-conv1d", "gpt2")]
    public void Run_WithAnAdapter_GivesTheTokensOfTheFullPass(string adapter, string model)
    {
        string peft = Repository.PathOf("tests", "fixtures", "peft", adapter), folder = Repository.PathOf("tests", "fixtures", "hf", model);
        var answers = RecordingReader.Run(new FolderGenerationOptions { Folder = folder, Prompts = _prompts, Adapter = peft, MaxTokens = 6, IgnoreEos = true, Temperature = 0 });
        var bare = RecordingReader.Run(new FolderGenerationOptions { Folder = folder, Prompts = _prompts, MaxTokens = 6, IgnoreEos = true, Temperature = 0 });
        Assert.NotEqual(bare.Select(answer => answer.Ids), answers.Select(answer => answer.Ids));
        using var base_ = (Decoder)PretrainedFolder.Open(folder).LanguageModel(ScalarType.Float32, CPU);
        using var open = PeftFolder.Open(peft);
        using var hung = open.Attach(base_, [folder], CPU);
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        foreach (var answer in answers)
        {
            List<long> text = [.. answer.PromptIds];
            foreach (long id in answer.Ids!)
            {
                var tokens = tensor(text.ToArray()).unsqueeze(0);
                var hidden = hung.Prompt?.Hidden(base_, tokens, SequenceLayout.Of(tokens)) ?? base_.Hidden(tokens, SequenceLayout.Of(tokens));
                Assert.Equal(base_.Head.Apply(hidden[0, text.Count - 1]).argmax().item<long>(), id);
                text.Add(id);
            }
        }
    }

    [Fact]
    public void Run_OnePromptThatCannotBeContinued_KeepsNoOtherFromItsAnswer()
    {
        using var fixture = new HfFixture("gpt2");
        var options = new FolderGenerationOptions { Folder = fixture.Folder, Prompts = [GenerationPrompt.OfIds(3, 4), GenerationPrompt.OfIds(3, 4000), GenerationPrompt.OfIds(5, 6, 7)], MaxTokens = 5, IgnoreEos = true, Temperature = 0.9, Seed = 2 };
        var answers = RecordingReader.Run(options);
        Assert.Contains("4000", answers[1].Error!, StringComparison.Ordinal);
        Assert.Equal([5, 5], new[] { answers[0], answers[2] }.Select(answer => answer.Ids!.Count));
        // A prompt is drawn by its place, whatever becomes of the others.
        var alone = RecordingReader.Run(options with { Prompts = [GenerationPrompt.OfIds(3, 4), GenerationPrompt.OfIds(9), GenerationPrompt.OfIds(5, 6, 7)] });
        Assert.Equal(alone[2].Ids, answers[2].Ids);
    }

    [Fact]
    public void Run_OptionOutOfItsRange_IsRefused()
    {
        using var fixture = new HfFixture("gpt2");
        var options = new FolderGenerationOptions { Folder = fixture.Folder, Prompts = _prompts };
        Assert.Contains("float16", Assert.Throws<LearningException>(() => RecordingReader.Run(options with { Dtype = "float16" })).Message, StringComparison.Ordinal);
        Assert.Contains("top-p", Assert.Throws<LearningException>(() => RecordingReader.Run(options with { TopP = 2 })).Message, StringComparison.Ordinal);
        using var vit = new HfFixture("vit");
        Assert.Contains("a vit", Assert.ThrowsAny<LearningException>(() => RecordingReader.Run(options with { Folder = vit.Folder })).Message, StringComparison.Ordinal);
    }
}
