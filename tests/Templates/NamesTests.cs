namespace Ptune.Templates.Tests;

public sealed class NamesTests
{
    [Theory]
    [InlineData("{{ a }} {{ b.c }} {{ d[e] }}", "a b d e")]
    [InlineData("{% for x in items if x != skip %}{{ x }}{{ loop.index }}{% else %}{{ none_left }}{% endfor %}{{ x }}", "items none_left skip x")]
    [InlineData("{% set t = t | trim %}{{ t }}{% set u = 1 %}{{ u }}", "t")]
    [InlineData("{% if a is defined and not b %}{{ c }}{% elif d %}{{ e }}{% else %}{{ f }}{% endif %}", "a b c d e f")]
    [InlineData("{% macro m(p, q=r) %}{{ p }}{{ q }}{{ s }}{% endmacro %}{{ m(t, q=u) }}", "r s t u")]
    [InlineData("{% with v = w %}{{ v }}{% endwith %}{{ v }}", "v w")]
    [InlineData("{% set n = namespace(k=i) %}{% set n.k = j %}{{ n.k }}{{ range(h) }}", "h i j")]
    [InlineData("{{ [a, (b, c)] }}{{ {d: e} }}{{ f if g else h }}{{ i ~ j }}{{ -k + l }}{{ m[n:o] }}{{ p | default(q) }}", "a b c d e f g h i j k l m n o p q")]
    [InlineData("{% generation %}{{ a }}{% endgeneration %}{% filter upper %}{{ b }}{% endfilter %}{% set c %}{{ d }}{% endset %}{{ c }}", "a b d")]
    [InlineData("plain", "")]
    public void Names_AreWhatIsReadBeforeItIsSet(string template, string expected) =>
        Assert.Equal(expected, string.Join(' ', Template.Parse(template).Names.Order(StringComparer.Ordinal)));
}
