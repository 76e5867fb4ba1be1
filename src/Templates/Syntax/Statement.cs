using Ptune.Templates.Values;

namespace Ptune.Templates.Syntax;

/// <summary>A statement: text, or what stands in <c>{{ }}</c> and <c>{% %}</c>.</summary>
internal abstract record Statement(int Line)
{
    public sealed record Data(int Line, string Text) : Statement(Line);

    public sealed record Print(int Line, Expression Value) : Statement(Line);

    public sealed record If(int Line, IReadOnlyList<(Expression Test, IReadOnlyList<Statement> Body)> Branches, IReadOnlyList<Statement> Else) : Statement(Line);

    public sealed record For(
        int Line, Expression Target, Expression Items, Expression? Test, bool IsRecursive, IReadOnlyList<Statement> Body, IReadOnlyList<Statement> Else) : Statement(Line);

    public sealed record Set(int Line, Expression Target, Expression Value) : Statement(Line);

    public sealed record SetBlock(int Line, Expression Target, Expression? Filter, IReadOnlyList<Statement> Body) : Statement(Line);

    public sealed record With(int Line, IReadOnlyList<(Expression Target, Expression Value)> Bindings, IReadOnlyList<Statement> Body) : Statement(Line);

    public sealed record MacroDefinition(int Line, MacroSignature Signature, IReadOnlyList<Statement> Body) : Statement(Line);

    public sealed record CallBlock(int Line, MacroSignature Signature, Expression.Call Call, IReadOnlyList<Statement> Body) : Statement(Line);

    public sealed record FilterBlock(int Line, Expression Filter, IReadOnlyList<Statement> Body) : Statement(Line);

    public sealed record Generation(int Line, IReadOnlyList<Statement> Body) : Statement(Line);

    public sealed record Break(int Line) : Statement(Line);

    public sealed record Continue(int Line) : Statement(Line);
}
