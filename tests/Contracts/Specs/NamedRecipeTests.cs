using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>Recipes by name: alone, and with settings of one's own.</summary>
public sealed class NamedRecipeTests
{
    private const string Job = """
        apiVersion: ptune/v1
        kind: RewardTuning
        name: x
        source: small@v1
        data:
          dataset:
            kind: text
            name: King James
            location: /data
            files: [ { path: king-james.jsonl, sha256: 0000000000000000000000000000000000000000000000000000000000000000 } ]
          split: tuning

        """;

    [Fact]
    public void Read_AName_StandsForItsSettings()
    {
        var named = Recipe("recipe: prt-language");

        Assert.Equal(Recipe("recipe: { learningRate: 2e-5, schedule: linear, warmup: 0.03, steps: 5096, batchTokens: 65536 }"), named);
        Assert.Equal((2e-5, 5096), (named.LearningRate, named.Steps));
    }

    [Fact]
    public void Read_ANameWithSettings_HasTheSettings()
    {
        Assert.Equal(Recipe("recipe: prt-language") with { Steps = 100, Dtype = ComputeType.Bfloat16 }, Recipe("recipe: { like: prt-language, steps: 100, dtype: bfloat16 }"));
    }

    [Theory]
    [InlineData("recipe: prt-langage", "recipe", "Did you mean 'prt-language'?")]
    [InlineData("recipe: { like: quick }", "recipe.like", "Use one of prt-vision, prt-language, or write 'key: value' lines.")]
    [InlineData("recipe: { like: [prt-language] }", "recipe.like", "Use one of prt-vision, prt-language, or write 'key: value' lines.")]
    [InlineData("recipe: []", "recipe", "Write indented 'key: value' lines.")]
    [InlineData("recipe: { like: prt-language, stepz: 3 }", "recipe.stepz", "Did you mean 'steps'?")]
    public void Read_ANameThatIsWrong_IsNamed(string line, string path, string fix)
    {
        var problem = Assert.Single(SpecReader.Read(Job + line).Problems);

        Assert.Equal((path, fix), (problem.Path, problem.Fix));
    }

    private static TrainingRecipe Recipe(string line)
    {
        var reading = SpecReader.Read(Job + line);
        Assert.Empty(reading.Problems);
        return Assert.IsType<RewardTuningSpec>(reading.Spec).Recipe;
    }
}
