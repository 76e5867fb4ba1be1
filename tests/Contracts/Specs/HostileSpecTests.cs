using System.Text.Json;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures.Data;
using Ptune.Fixtures.Processes;

namespace Ptune.Contracts.Tests.Specs;

/// <summary>What a text costs is bounded by the reader, not by who wrote it.</summary>
public sealed class HostileSpecTests
{
    /// <summary>Some sixty times the largest text; the least of what unbounded readers took was 1.6 GB.</summary>
    internal const long MostAllocated = 256L * 1024 * 1024;

    public static TheoryData<string> Names => [.. HostileSpecs.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Read_OfAHostileText_IsRefusedWithinItsBounds(string name)
    {
        var text = HostileSpecs.Text(name);
        var (reading, allocated, time) = Measure(text);

        // Longer ones would be refused unread.
        Assert.InRange(text.Length, 1, SpecLimits.Characters);
        Assert.Null(reading.Spec);
        Assert.NotEmpty(reading.Problems);
        Assert.InRange(reading.Problems.Count, 1, SpecLimits.Problems + 1);
        Assert.InRange(allocated, 0, MostAllocated);
        Assert.InRange(time, TimeSpan.Zero, HostileSpecs.MostTime);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(reading.Problems, SpecJson.Options).Length, 1, HostileSpecs.MostAnswer);
        TestContext.Current.TestOutputHelper?.WriteLine($"{text.Length:N0} characters: {time.TotalMilliseconds:N0} ms, {allocated / 1024:N0} KiB, {reading.Problems[0]}");
    }

    /// <summary>With the time on the processor.</summary>
    internal static (SpecReading Reading, long Allocated, TimeSpan Time) Measure(string text)
    {
        var (before, started) = (GC.GetAllocatedBytesForCurrentThread(), CpuTime.OfThisThread());
        var reading = SpecReader.Read(text);
        return (reading, GC.GetAllocatedBytesForCurrentThread() - before, CpuTime.OfThisThread() - started);
    }
}
