namespace Ptune.Templates.Tests;

/// <summary>Values inside values, deeper than any stack, and operations whose time must not grow faster than their text.</summary>
public sealed class NestingTests
{
    private const string Deep = "{% set ns = namespace(x=[], y=[], t=(), m={}, g=[1]) %}{% for i in range(60000) %}"
        + "{% set ns.x = [ns.x] %}{% set ns.y = [ns.y] %}{% set ns.t = (ns.t,) %}{% set ns.m = {'a': ns.m} %}{% set ns.g = ns.g | map('string') %}{% endfor %}";

    [Theory]
    [InlineData("{{ ns.x }}")]
    [InlineData("{{ ns.x | tojson }}")]
    [InlineData("{{ ns.x == ns.y }}")]
    [InlineData("{{ ns.x < ns.y }}")]
    [InlineData("{{ ns.m }}")]
    [InlineData("{{ {ns.t: 1} }}")]
    [InlineData("{{ [ns.t] | unique | list }}")]
    [InlineData("{{ ns.g | list }}")]
    [InlineData("{{ ns.g | first }}")]
    public void Render_ValuesInsideValues_AreStoppedByTheLimitAndTheProcessLives(string use)
    {
        var failure = Assert.Throws<TemplateException>(() => Template.Parse(Deep + use).Render(new TemplateVariables()));
        Assert.Equal(TemplateFault.Limit, failure.Fault);
    }

    [Theory]
    [InlineData("{{ ('\u03a3' * 300000) | lower | length }}", "300000")]
    [InlineData("{{ ('a b ' * 100000) | title | length }}", "400000")]
    [InlineData("{{ ('a\n' * 200000).splitlines() | length }}", "200000")]
    [InlineData("{{ ('ab' * 300000).count('b') }}", "300000")]
    public void Render_LongTexts_TakeTimeByTheirLength(string template, string expected) =>
        Assert.Equal(expected, Template.Parse(template).Render(new TemplateVariables(), limits: new TemplateLimits { Time = TimeSpan.FromSeconds(60) }).Text);

    [Theory]
    [InlineData("{{ 'x' * 40000000 }}")]
    [InlineData("{{ 'a' | replace('', 'x' * 20000000) }}")]
    [InlineData("{{ ('a' * 1000000) | replace('a', 'b' * 1000) }}")]
    [InlineData("{% for i in range(100000) %}{% set x = range(100000) | list %}{% endfor %}")]
    [InlineData("{% for i in range(100000) %}{{ ('a' * 100000) | upper | length }}{% endfor %}")]
    public void Render_TextsAndListsThatGrow_AreStopped(string template) =>
        Assert.Equal(TemplateFault.Limit, Assert.Throws<TemplateException>(() => Template.Parse(template).Render(new TemplateVariables())).Fault);
}
