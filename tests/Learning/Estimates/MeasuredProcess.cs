using System.Globalization;
using Ptune.Contracts.Estimates;
using Ptune.Fixtures.Processes;

namespace Ptune.Learning.Tests.Estimates;

/// <summary>A test that measures in a process of its own: what other tests freed would hide memory, and what they still free would, too.</summary>
internal static class MeasuredProcess
{
    private const double _factor = 1.5;
    private const string _case = "PTUNE_MEMORY_CASE";
    private const string _answer = "peak in bytes: ";

    /// <summary>In that process: what is to be measured.</summary>
    public static string Words => Environment.GetEnvironmentVariable(_case)!;

    /// <summary>In that process: answers.</summary>
    public static void Say(long peak) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_answer}{peak}"));

    /// <param name="method">The explicit test, with its class.</param>
    /// <param name="words">What it reads from <see cref="Words"/>.</param>
    public static async Task<long> PeakAsync(string method, string words)
    {
        string[] arguments = ["-explicit", "only", "-method", method, "-noColor", "-noLogo"];
        await using var process = Program.Start("Learning.Tests", "Ptune.Learning.Tests.dll", arguments, new Dictionary<string, string> { [_case] = words });
        return long.Parse((await process.SaysAsync(line => line.StartsWith(_answer, StringComparison.Ordinal)))[_answer.Length..], CultureInfo.InvariantCulture);
    }

    /// <param name="words">What was measured.</param>
    /// <param name="peak">By how much the process grew.</param>
    /// <param name="estimate">With the constant part, which is no measurement here.</param>
    public static void RequireNear(string words, long peak, long estimate)
    {
        estimate -= MemoryEstimate.Process;
        double ratio = (double)peak / estimate;
        string found = $"{words}: {peak / 1e6:F0} MB measured, {estimate / 1e6:F0} MB estimated ({ratio:F2})";
        TestContext.Current.TestOutputHelper?.WriteLine(found);
        Assert.True(ratio is > 1 / _factor and < _factor, found);
    }
}
