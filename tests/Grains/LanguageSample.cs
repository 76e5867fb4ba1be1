using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Grains.Tests;

internal static class LanguageSample
{
    /// <summary>A model and its update, LoRA on the first, hung on the second; two seeds.</summary>
    public static LanguageStudySpec Study() => (LanguageStudySpec)TextDefaults.Fill(new LanguageStudySpec
    {
        Name = "language",
        Datasets = new()
        {
            ["speeches"] = new TextDatasetSpec { Name = "Speeches", Location = "/data", Files = [new DataFile { Path = "a.jsonl", Sha256 = new string('0', 64) }] },
        },
        Models = new()
        {
            ["small@v1"] = new StudyLanguageModel
            {
                Architecture = new LlamaSpec(),
                Tokenizer = new TokenizerSpec { Location = "/data", File = new DataFile { Path = "tokenizer.json", Sha256 = new string('1', 64) } },
                Pretraining = new StudyLanguagePretraining { Data = "speeches", Recipe = new TrainingRecipe { Steps = 5 } },
            },
            ["small@v2"] = new StudyLanguageModel { Updates = "small@v1", Pretraining = new StudyLanguagePretraining { Data = "speeches", Recipe = new TrainingRecipe { Steps = 3 } } },
        },
        Sources = ["small@v1"],
        Targets = ["small@v2"],
        Tuning = new StudyTuning { Data = "speeches", Recipe = new TrainingRecipe { Steps = 2 } },
        Methods = [new BareStudyMethod(), new LoraStudyMethod(), new PatchedStudyMethod()],
        Tasks = [new BitsPerByteStudyTask { Data = "speeches" }],
        Seeds = [1, 2],
        Generations = new StudyGenerations { Prompts = ["Once"] },
    });
}
