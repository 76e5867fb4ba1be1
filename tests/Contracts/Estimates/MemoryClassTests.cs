using CsCheck;
using Ptune.Contracts.Estimates;

namespace Ptune.Contracts.Tests.Estimates;

public sealed class MemoryClassTests
{
    private const long GiB = 1L << 30;

    [Theory]
    [InlineData(1, 0.125)]
    [InlineData(GiB, 1.0)]
    [InlineData(GiB + 1, 1.125)]
    [InlineData(9 * GiB, 9.0)]
    [InlineData((9 * GiB) + 1, 10.0)]
    public void GiB_Bytes_AreRoundedUpToAnEighthOfAPowerOfTwo(long bytes, double expected) => Assert.Equal(expected, MemoryClass.GiB(bytes));

    [Fact]
    public void GiB_NothingKnown_IsNull() => Assert.Equal((null, null), (MemoryClass.GiB(null), MemoryClass.GiB(0)));

    [Fact]
    public void GiB_AnyEstimate_IsNeverLessAndAnEighthMoreAtMost() =>
        Gen.Long[GiB / 8, long.MaxValue].Sample(bytes => MemoryClass.GiB(bytes) is { } gib && gib * GiB >= bytes * (1 - 1e-12) && gib * GiB <= bytes * (1.125 + 1e-12));

    [Fact]
    public void GiB_AllEstimatesUpToATebibyte_FallIntoFewClasses() =>
        Assert.InRange(Enumerable.Range(1, 100_000).Select(i => MemoryClass.GiB(i * (1024 * GiB / 100_000))).Distinct().Count(), 2, 8 * 14);
}
