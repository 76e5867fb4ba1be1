using System.Globalization;
using Ptune.Contracts.Estimates;
using Ptune.Contracts.Specs;
using Ptune.Fixtures.Processes;
using Ptune.Learning.Models.HuggingFace;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>Measured peaks lie within a factor of 1.5 of what is estimated before anything is loaded.</summary>
public sealed class MemoryEstimateTests : IDisposable
{
    private const double _factor = 1.5;
    private const string _case = "PTUNE_MEMORY_CASE";
    private const string _answer = "peak in bytes: ";

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>In a process of its own: what other tests freed would hide memory, and what they still free would, too.</summary>
    [Theory]
    [InlineData("llama full 2")]
    [InlineData("llama full 6")]
    [InlineData("llama lora 2")]
    [InlineData("llama lora 6")]
    [InlineData("llama full 6 bfloat16")]
    [InlineData("llama lora 6 bfloat16")]
    [InlineData("llama lora 6 recompute")]
    [InlineData("bert full 6")]
    [InlineData("bert lora 6")]
    [InlineData("vit full 24")]
    [InlineData("vit score 256")]
    [InlineData("bert import 1")]
    public async Task Job_MeasuredPeak_IsNearTheEstimate(string words)
    {
        string[] arguments = ["-explicit", "only", "-method", $"{typeof(MemoryEstimateTests).FullName}.{nameof(Measure)}", "-noColor", "-noLogo"];
        await using var process = Program.Start("Learning.Tests", "Ptune.Learning.Tests.dll", arguments, new Dictionary<string, string> { [_case] = words });
        long peak = long.Parse((await process.SaysAsync(line => line.StartsWith(_answer, StringComparison.Ordinal)))[_answer.Length..], CultureInfo.InvariantCulture);

        var work = MeasuredWork.Of(words, _folder.Path);
        using var folder = PretrainedFolder.Open(_folder.Path);
        // Without the constant part, which is no measurement here.
        long estimate = work.Estimate(folder.Config.Shape) - MemoryEstimate.Process;
        double own = (double)peak / estimate;
        string found = $"{words}: {peak / 1e6:F0} MB measured, {estimate / 1e6:F0} MB estimated ({own:F2})";
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(own is > 1 / _factor and < _factor, found);
    }

    [Fact(Explicit = true)]
    public void Measure()
    {
        var work = MeasuredWork.Of(Environment.GetEnvironmentVariable(_case)!, _folder.Path);
        set_num_threads(1);
        // The first time libtorch also takes what it keeps for good.
        (work with { Rows = 1 }).Run(_folder.Folder("first"));
        long peak = MeasuredPeak.Of(() => work.Run(_folder.Folder("second")));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_answer}{peak}"));
    }
}
