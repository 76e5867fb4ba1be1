using Ptune.Templates.Values;

namespace Ptune.Templates.Syntax;

/// <summary>An expression. Each says how deep it is, so that the parser can refuse what no stack would hold.</summary>
internal abstract record Expression(int Line, int Depth)
{
    public sealed record Constant(int Line, object? Value) : Expression(Line, 1);

    public sealed record Variable(int Line, string Name) : Expression(Line, 1);

    public sealed record NamespaceTarget(int Line, string Name, string Member) : Expression(Line, 1);

    public sealed record TupleOf(int Line, IReadOnlyList<Expression> Items) : Expression(Line, Deepest(Items));

    public sealed record ListOf(int Line, IReadOnlyList<Expression> Items) : Expression(Line, Deepest(Items));

    public sealed record DictOf(int Line, IReadOnlyList<(Expression Key, Expression Value)> Items)
        : Expression(Line, Deepest([.. Items.SelectMany(i => new[] { i.Key, i.Value })]));

    public sealed record Unary(int Line, string Operator, Expression Operand) : Expression(Line, Operand.Depth + 1);

    public sealed record Binary(int Line, string Operator, Expression Left, Expression Right) : Expression(Line, Deepest([Left, Right]));

    public sealed record Concat(int Line, IReadOnlyList<Expression> Parts) : Expression(Line, Deepest(Parts));

    public sealed record Compare(int Line, Expression First, IReadOnlyList<(string Operator, Expression Operand)> Others)
        : Expression(Line, Deepest([First, .. Others.Select(o => o.Operand)]));

    public sealed record Conditional(int Line, Expression When, Expression Then, Expression? Else)
        : Expression(Line, Deepest(Else is null ? [When, Then] : [When, Then, Else]));

    public sealed record Attribute(int Line, Expression Owner, string Name) : Expression(Line, Owner.Depth + 1);

    public sealed record Item(int Line, Expression Owner, Expression Index) : Expression(Line, Deepest([Owner, Index]));

    public sealed record Slice(int Line, Expression? Start, Expression? Stop, Expression? Step)
        : Expression(Line, Deepest([.. new[] { Start, Stop, Step }.OfType<Expression>()]));

    public sealed record Call(int Line, Expression Function, CallArguments Arguments) : Expression(Line, Math.Max(Function.Depth, Arguments.Depth) + 1);

    /// <summary>A filter; its operand is null where a block gives it.</summary>
    public sealed record Filter(int Line, Expression? Operand, string Name, CallArguments Arguments)
        : Expression(Line, Math.Max(Operand?.Depth ?? 0, Arguments.Depth) + 1);

    public sealed record Test(int Line, Expression Operand, string Name, CallArguments Arguments) : Expression(Line, Math.Max(Operand.Depth, Arguments.Depth) + 1);

    public static int Deepest(IReadOnlyList<Expression> parts) => parts.Select(p => p.Depth).DefaultIfEmpty(0).Max() + 1;
}
