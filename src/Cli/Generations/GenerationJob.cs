using Ptune.Contracts.Commands;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Generations;

/// <summary>The job that does what <c>ptune generate</c> was asked for.</summary>
internal static class GenerationJob
{
    private const int MostTokens = 1_000_000;

    /// <summary>Without the prompts.</summary>
    /// <exception cref="CliException">A number is out of range, or the template cannot be read.</exception>
    public static GenerationSpec Of(GenerateRequest request) => new()
    {
        Model = request.Model,
        Patch = request.Patch,
        Template = request.Template is { } file ? File.ReadAllText(file) : null,
        Now = request.Now,
        Stop = request.Stop.Count > 0 ? [.. request.Stop] : null,
        Temperature = request.Temperature,
        TopK = request.TopK,
        TopP = request.TopP,
        RepetitionPenalty = request.RepetitionPenalty,
        MaxTokens = request.MaxTokens switch
        {
            null => null,
            >= 1 and <= MostTokens and var count => (int)count,
            var count => throw new CliException(ExitCode.Usage, $"--max-tokens is {count:N0}; it must be between 1 and {MostTokens:N0}."),
        },
        IgnoreEos = request.IgnoreEos ? true : null,
        Seed = request.Seed,
        Dtype = request.Dtype == "bfloat16" ? ComputeType.Bfloat16 : ComputeType.Float32,
    };
}
