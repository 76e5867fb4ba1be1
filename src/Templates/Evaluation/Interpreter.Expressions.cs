using System.Runtime.CompilerServices;
using Ptune.Templates.Operations;
using Ptune.Templates.Syntax;
using Ptune.Templates.Values;

namespace Ptune.Templates.Evaluation;

/// <content>Expressions.</content>
internal sealed partial class Interpreter
{
    /// <summary>Names that Python's engine knows and a chat template has no use for: their text is random, or shows the engine.</summary>
    private static readonly HashSet<string> _refusedNames = ["lipsum", "self"];

    public object? Evaluate(Expression expression, Scope scope)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Budget.Step();
        return expression switch
        {
            Expression.Constant constant => constant.Value,
            Expression.Variable variable => Name(variable.Name, scope),
            Expression.Attribute attribute => Attributes.Get(Evaluate(attribute.Owner, scope), attribute.Name),
            Expression.Item { Index: Expression.Slice slice } item => Slicing.Cut(this, Evaluate(item.Owner, scope), Part(slice.Start, scope), Part(slice.Stop, scope), Part(slice.Step, scope)),
            Expression.Item item => Attributes.Item(Evaluate(item.Owner, scope), Evaluate(item.Index, scope)),
            Expression.Call call => Call(call, scope, null),
            Expression.Filter filter => ApplyFilter(filter.Name, Evaluate(filter.Operand!, scope), ArgumentsOf(filter.Arguments, scope)),
            Expression.Test test => ApplyTest(test.Name, Evaluate(test.Operand, scope), ArgumentsOf(test.Arguments, scope)),
            Expression.Concat concat => Concatenate(concat, scope),
            Expression.Compare compare => Compare(compare, scope),
            Expression.Conditional choice => Choose(choice, scope),
            Expression.Unary { Operator: "not" } not => !Truth.Of(Evaluate(not.Operand, scope)),
            Expression.Unary sign => Arithmetic.Sign(Evaluate(sign.Operand, scope), sign.Operator == "-"),
            Expression.Binary { Operator: "and" } both => Evaluate(both.Left, scope) is var left && Truth.Of(left) ? Evaluate(both.Right, scope) : left,
            Expression.Binary { Operator: "or" } either => Evaluate(either.Left, scope) is var left && Truth.Of(left) ? left : Evaluate(either.Right, scope),
            Expression.Binary binary => Arithmetic.Apply(this, binary.Operator, Evaluate(binary.Left, scope), Evaluate(binary.Right, scope)),
            Expression.ListOf list => new ListValue(EvaluateAll(list.Items, scope)),
            Expression.TupleOf tuple => new TupleValue(EvaluateAll(tuple.Items, scope)),
            Expression.DictOf dict => Dict(dict, scope),
            Expression.Slice => throw TemplateException.Unsupported("a slice beside other indices is not supported."),
            _ => throw new InvalidOperationException($"An expression of no known kind: {expression.GetType().Name}."),
        };
    }

    private static object? Name(string name, Scope scope) => scope.TryGet(name, out var value)
        ? value
        : _refusedNames.Contains(name) ? throw TemplateException.Unsupported($"'{name}' is not known here.") : Undefined.Name(name);

    private object? Part(Expression? expression, Scope scope) => expression is null ? null : Evaluate(expression, scope);

    private object?[] EvaluateAll(IReadOnlyList<Expression> expressions, Scope scope)
    {
        Budget.AllocateItems(expressions.Count);
        return [.. expressions.Select(e => Evaluate(e, scope))];
    }

    private MapValue Dict(Expression.DictOf dict, Scope scope)
    {
        Budget.AllocateItems(dict.Items.Count);
        var map = new MapValue();
        foreach (var (key, value) in dict.Items) map.Set(Evaluate(key, scope), Evaluate(value, scope));
        return map;
    }

    private Text Concatenate(Expression.Concat concat, Scope scope)
    {
        var to = new TextBuilder();
        foreach (var part in concat.Parts)
        {
            to.Append(Str(Evaluate(part, scope)));
            Budget.CheckLength(to.Length);
        }
        return Allocated(to.ToText());
    }

    private object? Choose(Expression.Conditional choice, Scope scope)
    {
        if (Truth.Of(Evaluate(choice.When, scope))) return Evaluate(choice.Then, scope);
        return choice.Else is { } otherwise ? Evaluate(otherwise, scope) : new Undefined("the condition is false and has no else");
    }

    private bool Compare(Expression.Compare compare, Scope scope)
    {
        var left = Evaluate(compare.First, scope);
        var result = true;
        foreach (var (sign, operand) in compare.Others)
        {
            var right = Evaluate(operand, scope);
            result = Relation(sign, left, right);
            if (!result) return false;
            left = right;
        }
        return result;
    }

    private bool Relation(string sign, object? left, object? right) => sign switch
    {
        "==" => Comparison.AreEqual(left, right),
        "!=" => !Comparison.AreEqual(left, right),
        "in" => Membership.Contains(this, right, left),
        "not in" => !Membership.Contains(this, right, left),
        "<" => Comparison.Order(left, right, sign) < 0,
        "<=" => Comparison.Order(left, right, sign) <= 0,
        ">" => Comparison.Order(left, right, sign) > 0,
        _ => Comparison.Order(left, right, sign) >= 0,
    };

    private object? Call(Expression.Call call, Scope scope, Macro? caller)
    {
        var function = Evaluate(call.Function, scope);
        var arguments = ArgumentsOf(call.Arguments, scope);
        if (caller is not null) arguments = arguments with { Named = [.. arguments.Named, new("caller", caller)] };
        return Invoke(function, arguments);
    }

    /// <summary>Calls a value.</summary>
    /// <exception cref="TemplateException">It cannot be called.</exception>
    public object? Invoke(object? function, Arguments arguments)
    {
        Budget.Enter();
        var result = function switch
        {
            ICallable callable => callable.Call(this, arguments),
            Undefined undefined => throw undefined.Used(),
            _ => throw TemplateException.Type($"'{PythonType.Of(function)}' object is not callable."),
        };
        Budget.Leave();
        return result;
    }

    private Arguments ArgumentsOf(CallArguments arguments, Scope scope)
    {
        if (ReferenceEquals(arguments, CallArguments.None)) return Arguments.None;
        var positional = arguments.Positional.Select(a => Evaluate(a, scope)).ToList();
        if (arguments.Spread is { } spread) positional.AddRange(ToList(Iteration.Items(Evaluate(spread, scope))));
        var named = arguments.Named.Select(n => new KeyValuePair<string, object?>(n.Name, Evaluate(n.Value, scope))).ToList();
        if (arguments.NamedSpread is { } namedSpread)
        {
            if (Evaluate(namedSpread, scope) is not MapValue map) throw TemplateException.Type("the argument behind ** must be a mapping.");
            named.AddRange(map.Entries.Select(e => new KeyValuePair<string, object?>(e.Key is Text name ? name.Value : throw TemplateException.Type("keywords must be strings."), e.Value)));
        }
        if (named.DistinctBy(n => n.Key).Count() != named.Count) throw TemplateException.Type("an argument is given twice.");
        return new Arguments(positional, named);
    }
}
