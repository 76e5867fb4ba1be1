using Ptune.Templates.Syntax;

namespace Ptune.Templates.Evaluation;

/// <summary>The names that a template reads before it has set them itself, but for those that every template knows.</summary>
internal sealed class FreeNames
{
    private static readonly string[] _ofMacros = ["caller", "varargs", "kwargs"];

    private readonly HashSet<string> _found;
    private readonly HashSet<string> _bound;

    private FreeNames(HashSet<string> found, IEnumerable<string> bound) => (_found, _bound) = (found, new(bound, StringComparer.Ordinal));

    public static IReadOnlySet<string> Of(IReadOnlyList<Statement> statements)
    {
        var names = new FreeNames(new(StringComparer.Ordinal), []);
        names.Read(statements);
        return names._found;
    }

    private void Read(IEnumerable<Statement> statements)
    {
        foreach (var statement in statements) Read(statement);
    }

    private void Read(Statement statement)
    {
        switch (statement)
        {
            case Statement.Print print:
                Read(print.Value);
                break;
            case Statement.If choice:
                foreach (var (test, body) in choice.Branches)
                {
                    Read(test);
                    Read(body);
                }

                Read(choice.Else);
                break;
            case Statement.For loop:
                Read(loop.Items);
                var inner = Inner("loop");
                inner.Bind(loop.Target);
                inner.Read(loop.Test);
                inner.Read(loop.Body);
                Inner().Read(loop.Else);
                break;
            case Statement.Set set:
                Read(set.Value);
                Bind(set.Target);
                break;
            case Statement.SetBlock set:
                Read(set.Filter);
                Inner().Read(set.Body);
                Bind(set.Target);
                break;
            case Statement.With with:
                var within = Inner();
                foreach (var (target, value) in with.Bindings)
                {
                    Read(value);
                    within.Bind(target);
                }

                within.Read(with.Body);
                break;
            case Statement.MacroDefinition macro:
                if (macro.Signature.Name is { } name) _bound.Add(name);
                ReadMacro(macro.Signature, macro.Body);
                break;
            case Statement.CallBlock call:
                Read(call.Call);
                ReadMacro(call.Signature, call.Body);
                break;
            case Statement.FilterBlock filter:
                Read(filter.Filter);
                Inner().Read(filter.Body);
                break;
            case Statement.Generation generation:
                Read(generation.Body);
                break;
        }
    }

    private void ReadMacro(MacroSignature signature, IReadOnlyList<Statement> body)
    {
        foreach (var (_, value) in signature.Parameters) Read(value);
        Inner([.. signature.Parameters.Select(parameter => parameter.Name), .. _ofMacros]).Read(body);
    }

    private void Read(Expression? expression)
    {
        switch (expression)
        {
            case Expression.Variable variable when !_bound.Contains(variable.Name) && !Globals.Scope.TryGet(variable.Name, out _):
                _found.Add(variable.Name);
                break;
            case not null:
                foreach (var part in Parts(expression)) Read(part);
                break;
        }
    }

    private static IEnumerable<Expression?> Parts(Expression expression) => expression switch
    {
        Expression.TupleOf tuple => tuple.Items,
        Expression.ListOf list => list.Items,
        Expression.DictOf dict => dict.Items.SelectMany(item => new[] { item.Key, item.Value }),
        Expression.Unary unary => Some(unary.Operand),
        Expression.Binary binary => Some(binary.Left, binary.Right),
        Expression.Concat concat => concat.Parts,
        Expression.Compare compare => compare.Others.Select(other => (Expression?)other.Operand).Append(compare.First),
        Expression.Conditional conditional => Some(conditional.When, conditional.Then, conditional.Else),
        Expression.Attribute attribute => Some(attribute.Owner),
        Expression.Item item => Some(item.Owner, item.Index),
        Expression.Slice slice => Some(slice.Start, slice.Stop, slice.Step),
        Expression.Call call => Parts(call.Arguments).Append(call.Function),
        Expression.Filter filter => Parts(filter.Arguments).Append(filter.Operand),
        Expression.Test test => Parts(test.Arguments).Append(test.Operand),
        _ => [],
    };

    private static IEnumerable<Expression?> Parts(CallArguments arguments) =>
        arguments.Positional.Concat<Expression?>(arguments.Named.Select(argument => argument.Value)).Append(arguments.Spread).Append(arguments.NamedSpread);

    private static Expression?[] Some(params Expression?[] parts) => parts;

    private void Bind(Expression target)
    {
        switch (target)
        {
            case Expression.Variable variable:
                _bound.Add(variable.Name);
                break;
            case Expression.TupleOf tuple:
                foreach (var item in tuple.Items) Bind(item);
                break;
            default:
                Read(target);
                break;
        }
    }

    private FreeNames Inner(params string[] bound) => new(_found, [.. _bound, .. bound]);
}
