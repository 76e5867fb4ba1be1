using CsCheck;
using Ptune.Contracts.Specs.Reading;

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
}
