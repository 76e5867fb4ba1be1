using System.Text.Json;
using CsCheck;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;
using Ptune.Fixtures.Data;

namespace Ptune.Contracts.Tests.Specs;

public sealed class SpecReaderFuzzTests
{
    [Fact]
    public void Read_OfAnyDamagedText_GivesASpecOrProblemsAndNeverThrows() =>
        Gen.Select(Gen.Int[0, Samples.Study.Length - 1], Gen.Int[0, 12], Gen.String[Gen.Char["{}[]:,-&*!|>'\"\n\t #0aé\0"], 0, 6]).Sample(
            (at, length, text) =>
            {
                var damaged = Samples.Study.Remove(at, Math.Min(length, Samples.Study.Length - at)).Insert(at, text);
                var reading = SpecReader.Read(damaged);
                return reading.Spec is null == (reading.Problems.Count > 0);
            },
            iter: 3000);

    /// <summary>As <see cref="HostileSpecTests"/>, on what nobody thought of. A seed that fails is named, and fails again by itself.</summary>
    [Fact]
    public void Read_OfAMutatedCorpus_StaysWithinItsBounds()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var text = SpecMutations.Text(seed);
            var (reading, allocated, time) = HostileSpecTests.Measure(text);

            Assert.True(reading.Spec is null == (reading.Problems.Count > 0), $"seed {seed}");
            Assert.True(allocated <= HostileSpecTests.MostAllocated, $"seed {seed}: {allocated:N0} bytes for {text.Length:N0} characters");
            Assert.True(time <= HostileSpecs.MostTime, $"seed {seed}: {time} for {text.Length:N0} characters");
            var answer = JsonSerializer.SerializeToUtf8Bytes(reading.Problems, SpecJson.Options).Length;
            Assert.True(answer <= HostileSpecs.MostAnswer, $"seed {seed}: {answer:N0} bytes of problems");
        }
    }
}
