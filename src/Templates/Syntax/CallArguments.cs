namespace Ptune.Templates.Syntax;

/// <summary>What stands in a call's parentheses.</summary>
/// <param name="Positional">Values by place.</param>
/// <param name="Named">Values by name.</param>
/// <param name="Spread"><c>*values</c>.</param>
/// <param name="NamedSpread"><c>**values</c>.</param>
internal sealed record CallArguments(
    IReadOnlyList<Expression> Positional, IReadOnlyList<(string Name, Expression Value)> Named, Expression? Spread, Expression? NamedSpread)
{
    public static CallArguments None { get; } = new([], [], null, null);

    public int Depth => Expression.Deepest([.. Positional, .. Named.Select(n => n.Value), .. new[] { Spread, NamedSpread }.OfType<Expression>()]);
}
