using Ptune.Cli.Output;

namespace Ptune.Cli.Tests.Output;

public sealed class PrintableTests
{
    [Theory]
    [InlineData("plain, Ärger, 漢字, עברית ✓", "plain, Ärger, 漢字, עברית ✓")]
    [InlineData("red\u001b[31m", "red\\u001b[31m")]
    [InlineData("c1\u009b31m", "c1\\u009b31m")]
    [InlineData("two\r\nlines\tx\0", "two\\r\\nlines\\tx\\u0000")]
    [InlineData("turned\u202Eback\u2066x\u2028", "turned\\u202eback\\u2066x\\u2028")]
    public void Of_AnyText_HasNoEffects(string text, string shown) => Assert.Equal(shown, Printable.Of(text));
}
