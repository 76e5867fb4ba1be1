using Ptune.Contracts.Specs;

namespace Ptune.Contracts.Tests;

public sealed class InputRefTests
{
    [Theory]
    [InlineData("vit@v1", true)]
    [InlineData("vit", false)]
    [InlineData("@v1", false)]
    [InlineData("sha256:00", false)]
    public void IsAlias_NameAndVersion_IsTheOnlyForm(string reference, bool expected) =>
        Assert.Equal(expected, InputRef.IsAlias(reference));
}
