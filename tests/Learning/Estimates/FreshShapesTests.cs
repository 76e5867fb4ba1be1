using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Learning.Adaptation;
using Ptune.Learning.Jobs.Language;
using Ptune.Learning.Models;
using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.Language;
using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>What is estimated from a spec is what the models then have.</summary>
public sealed class FreshShapesTests : IDisposable
{
    private const int _vocabulary = 300;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, DecoderSpec> Families() => new()
    {
        { "llama", new LlamaSpec() },
        { "llama, grouped and untied", new LlamaSpec { Layers = 3, Width = 96, Heads = 6, KeyValueHeads = 2, Tied = false } },
        { "mistral", new MistralSpec { Window = 64, Inner = 100 } },
        { "qwen2", new Qwen2Spec { KeyValueHeads = 1 } },
        { "qwen3", new Qwen3Spec { KeyValueHeads = 2 } },
        { "gpt2", new Gpt2Spec { Context = 77 } },
        { "gptNeoX", new GptNeoXSpec { Tied = false } },
    };

    [Theory]
    [MemberData(nameof(Families), DisableDiscoveryEnumeration = true)]
    public void Of_Family_HasTheModelsNumbers(string name, DecoderSpec spec)
    {
        FreshConfig.Write(_folder.Path, spec, _vocabulary, end: 1);
        Assert.True(ModelFiles.ReadConfig(_folder.Path).Shape == FreshShapes.Of(spec, _vocabulary), $"{name}: {ModelFiles.ReadConfig(_folder.Path).Shape}, and not {FreshShapes.Of(spec, _vocabulary)}");
    }

    /// <summary>Names and shapes are those that the models' checkpoints have.</summary>
    [Theory]
    [MemberData(nameof(Families), DisableDiscoveryEnumeration = true)]
    public void Tensors_OfAFamily_AreTheModels(string name, DecoderSpec spec)
    {
        FreshConfig.Write(_folder.Path, spec, _vocabulary, end: 1);
        var due = ModelFiles.ReadConfig(_folder.Path).Parameters.Select(parameter => $"{parameter.Name} {string.Join(' ', parameter.Shape)}");
        Assert.True(due.SequenceEqual(DecoderTensors.Of(spec, _vocabulary).Select(tensor => $"{tensor.Key} {string.Join(' ', tensor.Value)}")), name);
    }

    [Theory]
    [InlineData("lora", LoraMethod.AllLinear)]
    [InlineData("lora", "v_proj, q_proj")]
    [InlineData("softPrompt", "")]
    [InlineData("adapter", "")]
    [InlineData("head", "")]
    public void TrainedParameters_Method_HasTheAdaptersNumbers(string kind, string targets)
    {
        var spec = new LlamaSpec { Layers = 2, Width = 48, Heads = 4, KeyValueHeads = 2, Tied = false };
        FreshConfig.Write(_folder.Path, spec, _vocabulary, end: 1);
        var config = ModelFiles.ReadConfig(_folder.Path);
        using var parameters = TrainableParameters.Of(config.Parameters, CPU);
        parameters.Initialize(1);
        ModelFiles.WriteWeights(_folder.Path, parameters, null);
        using var model = PretrainedFolder.Open(_folder.Path).LanguageModel(ScalarType.Float32, CPU);
        TuningMethod method = kind switch
        {
            "lora" => new LoraMethod { Rank = 4, Targets = targets },
            "softPrompt" => new SoftPromptMethod { Tokens = 5 },
            "adapter" => new AdapterMethod { Width = 6 },
            _ => new HeadMethod(),
        };
        using var adapter = method switch
        {
            LoraMethod lora => Adapter.Create(new AdapterLayout(model).AddLora(LoraMethods.Settings(lora)), CPU, 1),
            SoftPromptMethod prompt => Adapter.CreatePrompt(model, prompt.Tokens, CPU, 1),
            AdapterMethod houlsby => Adapter.Create(HoulsbyAdapters.Layout(model, ModulePattern.Ends([config.Names.Output, config.Names.Down]), houlsby.Width), CPU, 1),
            _ => Adapter.Create(new AdapterLayout(model).AddSaved(ModulePattern.Ends([config.Names.Head])), CPU, 1),
        };
        Assert.Equal(adapter.Parameters.Count, TrainedParameters.Of(method, FreshShapes.Of(spec, _vocabulary)));
    }
}
