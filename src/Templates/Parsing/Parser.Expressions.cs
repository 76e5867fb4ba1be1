using Ptune.Templates.Filters;
using Ptune.Templates.Lexing;
using Ptune.Templates.Syntax;
using Ptune.Templates.Tests;
using Ptune.Templates.Values;

namespace Ptune.Templates.Parsing;

/// <content>Expressions, from the weakest operator to the strongest.</content>
internal sealed partial class Parser
{
    private static readonly string[] _comparisons = ["==", "!=", "<", "<=", ">", ">="];

    private Expression ParseExpression(bool withCondition = true) => Nested(() => withCondition ? ParseCondition() : ParseOr());

    private Expression ParseCondition()
    {
        var line = Current.Line;
        var value = ParseOr();
        while (SkipName("if"))
        {
            var test = ParseOr();
            var otherwise = SkipName("else") ? Nested(ParseCondition) : null;
            value = Bounded(new Expression.Conditional(line, test, value, otherwise));
        }
        return value;
    }

    private Expression ParseOr() => ParseWords("or", () => ParseWords("and", ParseNot));

    private Expression ParseWords(string word, Func<Expression> operand)
    {
        var line = Current.Line;
        var left = operand();
        while (SkipName(word)) left = Bounded(new Expression.Binary(line, word, left, operand()));
        return left;
    }

    private Expression ParseNot()
    {
        var line = Current.Line;
        return SkipName("not") ? Bounded(new Expression.Unary(line, "not", Nested(ParseNot))) : ParseComparison();
    }

    private Expression ParseComparison()
    {
        var line = Current.Line;
        var first = ParseSum();
        var others = new List<(string, Expression)>();
        while (true)
        {
            if (Current.Kind == TokenKind.Operator && _comparisons.Contains(Current.Text)) others.Add((Next().Text, ParseSum()));
            else if (SkipName("in")) others.Add(("in", ParseSum()));
            else if (Current.IsName("not") && Following.IsName("in"))
            {
                _at += 2;
                others.Add(("not in", ParseSum()));
            }
            else break;
        }
        return others.Count == 0 ? first : Bounded(new Expression.Compare(line, first, others));
    }

    private Expression ParseSum() => ParseSigns(["+", "-"], ParseConcatenation);

    private Expression ParseConcatenation()
    {
        var line = Current.Line;
        var parts = new List<Expression> { ParseProduct() };
        while (SkipOperator("~")) parts.Add(ParseProduct());
        return parts.Count == 1 ? parts[0] : Bounded(new Expression.Concat(line, parts));
    }

    private Expression ParseProduct() => ParseSigns(["*", "/", "//", "%"], () => ParseSigns(["**"], () => ParseUnary()));

    private Expression ParseSigns(string[] signs, Func<Expression> operand)
    {
        var line = Current.Line;
        var left = operand();
        while (Current.Kind == TokenKind.Operator && signs.Contains(Current.Text)) left = Bounded(new Expression.Binary(line, Next().Text, left, operand()));
        return left;
    }

    private Expression ParseUnary(bool withFilter = true)
    {
        var line = Current.Line;
        var value = Current.IsOperator("-") || Current.IsOperator("+")
            ? Bounded(new Expression.Unary(line, Next().Text, Nested(() => ParseUnary(withFilter: false))))
            : ParsePrimary();
        value = ParsePostfix(value);
        return withFilter ? ParseFilterExpression(value) : value;
    }

    private Expression ParsePrimary(bool withNamespace = false)
    {
        var token = Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                _at++;
                return ParseName(token, withNamespace);
            case TokenKind.String:
                var text = "";
                while (Current.Kind == TokenKind.String) text += Next().Text;
                return new Expression.Constant(token.Line, new Text(text));
            case TokenKind.Integer:
                _at++;
                return new Expression.Constant(token.Line, NumberLiteral.Integer(token.Text, token.Line));
            case TokenKind.Float:
                _at++;
                return new Expression.Constant(token.Line, NumberLiteral.Float(token.Text));
            case TokenKind.Operator when token.Text == "(":
                _at++;
                var inner = Nested(() => ParseTuple(explicitParentheses: true));
                ExpectOperator(")");
                return inner;
            case TokenKind.Operator when token.Text == "[":
                return Nested(ParseList);
            case TokenKind.Operator when token.Text == "{":
                return Nested(ParseDict);
            default:
                throw Fault(token.Line, $"unexpected {token.Describe()}.");
        }
    }

    private Expression ParseName(Token token, bool withNamespace)
    {
        switch (token.Text)
        {
            case "true" or "True":
                return new Expression.Constant(token.Line, true);
            case "false" or "False":
                return new Expression.Constant(token.Line, false);
            case "none" or "None":
                return new Expression.Constant(token.Line, null);
        }
        if (withNamespace && SkipOperator(".")) return new Expression.NamespaceTarget(token.Line, token.Text, ExpectAnyName().Text);
        Mention(token.Text);
        return new Expression.Variable(token.Line, token.Text);
    }

    private Expression ParseTuple(bool simplified = false, bool withCondition = true, string? end = null, bool explicitParentheses = false, bool withNamespace = false)
    {
        var line = Current.Line;
        var items = new List<Expression>();
        var isTuple = false;
        while (true)
        {
            if (items.Count > 0) ExpectOperator(",");
            if (Current.Kind is TokenKind.VariableEnd or TokenKind.BlockEnd || Current.IsOperator(")") || (end is not null && Current.IsName(end))) break;
            items.Add(simplified ? ParsePrimary(withNamespace) : ParseExpression(withCondition));
            if (!Current.IsOperator(",")) break;
            isTuple = true;
        }
        if (isTuple) return Bounded(new Expression.TupleOf(line, items));
        if (items.Count > 0) return items[0];
        return explicitParentheses ? new Expression.TupleOf(line, items) : throw Expected("an expression");
    }

    private Expression.ListOf ParseList()
    {
        var line = ExpectOperator("[").Line;
        var items = new List<Expression>();
        while (!Current.IsOperator("]"))
        {
            if (items.Count > 0) ExpectOperator(",");
            if (Current.IsOperator("]")) break;
            items.Add(ParseExpression());
        }
        ExpectOperator("]");
        return Bounded(new Expression.ListOf(line, items));
    }

    private Expression.DictOf ParseDict()
    {
        var line = ExpectOperator("{").Line;
        var items = new List<(Expression, Expression)>();
        while (!Current.IsOperator("}"))
        {
            if (items.Count > 0) ExpectOperator(",");
            if (Current.IsOperator("}")) break;
            var key = ParseExpression();
            ExpectOperator(":");
            items.Add((key, ParseExpression()));
        }
        ExpectOperator("}");
        return Bounded(new Expression.DictOf(line, items));
    }

    private Expression ParsePostfix(Expression value)
    {
        while (true)
        {
            if (Current.IsOperator(".")) value = ParseAttribute(value);
            else if (Current.IsOperator("[")) value = ParseItem(value);
            else if (Current.IsOperator("(")) value = Bounded(new Expression.Call(Current.Line, value, ParseArguments()));
            else return value;
        }
    }

    private Expression ParseFilterExpression(Expression value)
    {
        while (true)
        {
            if (Current.IsOperator("|")) value = ParseFilters(value)!;
            else if (Current.IsName("is")) value = ParseTest(value);
            else if (Current.IsOperator("(")) value = Bounded(new Expression.Call(Current.Line, value, ParseArguments()));
            else return value;
        }
    }

    private Expression ParseAttribute(Expression owner)
    {
        var line = Next().Line;
        var token = Next();
        return token.Kind switch
        {
            TokenKind.Name => Bounded(new Expression.Attribute(line, owner, token.Text)),
            TokenKind.Integer => Bounded(new Expression.Item(line, owner, new Expression.Constant(line, NumberLiteral.Integer(token.Text, line)))),
            _ => throw Fault(token.Line, $"expected a name or a number behind the dot, found {token.Describe()}."),
        };
    }

    private Expression.Item ParseItem(Expression owner)
    {
        var line = Next().Line;
        var indices = new List<Expression>();
        while (!Current.IsOperator("]"))
        {
            if (indices.Count > 0) ExpectOperator(",");
            indices.Add(Nested(ParseIndex));
        }
        ExpectOperator("]");
        return Bounded(new Expression.Item(line, owner, indices.Count == 1 ? indices[0] : new Expression.TupleOf(line, indices)));
    }

    private Expression ParseIndex()
    {
        var line = Current.Line;
        Expression? start = null;
        if (!Current.IsOperator(":"))
        {
            start = ParseExpression();
            if (!Current.IsOperator(":")) return start;
        }
        ExpectOperator(":");
        Expression? stop = null, step = null;
        if (!EndsIndex() && !Current.IsOperator(":")) stop = ParseExpression();
        if (SkipOperator(":") && !EndsIndex()) step = ParseExpression();
        return Bounded(new Expression.Slice(line, start, stop, step));

        bool EndsIndex() => Current.IsOperator("]") || Current.IsOperator(",");
    }

    private CallArguments ParseArguments() => Nested(() =>
    {
        ExpectOperator("(");
        var positional = new List<Expression>();
        var named = new List<(string, Expression)>();
        Expression? spread = null, namedSpread = null;
        for (var first = true; !Current.IsOperator(")"); first = false)
        {
            if (!first)
            {
                ExpectOperator(",");
                if (Current.IsOperator(")")) break;
            }
            var line = Current.Line;
            if (SkipOperator("*")) spread = spread is null && namedSpread is null ? ParseExpression() : throw Misplaced(line);
            else if (SkipOperator("**")) namedSpread = namedSpread is null ? ParseExpression() : throw Misplaced(line);
            else if (Current.Kind == TokenKind.Name && Following.IsOperator("="))
            {
                if (namedSpread is not null) throw Misplaced(line);
                var name = Next().Text;
                _at++;
                named.Add((name, ParseExpression()));
            }
            else if (spread is null && namedSpread is null && named.Count == 0) positional.Add(ParseExpression());
            else throw Misplaced(line);
        }
        ExpectOperator(")");
        return new CallArguments(positional, named, spread, namedSpread);

        static TemplateException Misplaced(int line) => Fault(line, "an argument stands where none may stand: first those without a name, then those with one, then * and **.");
    });

    // All filters that follow each other; null where there is none.
    private Expression? ParseFilters(Expression? value, bool startsInline = false)
    {
        while (startsInline || Current.IsOperator("|"))
        {
            if (!startsInline) _at++;
            startsInline = false;
            var token = ExpectAnyName();
            if (!FilterTable.All.ContainsKey(token.Text)) throw FilterTable.Unknown(token.Text, token.Line);
            var arguments = Current.IsOperator("(") ? ParseArguments() : CallArguments.None;
            value = Bounded(new Expression.Filter(token.Line, value, token.Text, arguments));
        }
        return value;
    }

    private Expression ParseTest(Expression operand)
    {
        var line = Next().Line;
        var negated = SkipName("not");
        var name = ExpectAnyName();
        if (!TestTable.All.ContainsKey(name.Text)) throw Fault(name.Line, $"there is no test '{name.Text}'.");
        var arguments = CallArguments.None;
        if (Current.IsOperator("(")) arguments = ParseArguments();
        else if (BeginsBareArgument())
        {
            if (Current.IsName("is")) throw Fault(Current.Line, "tests cannot be chained with 'is'.");
            arguments = new CallArguments([ParsePostfix(Nested(() => ParsePrimary()))], [], null, null);
        }
        Expression test = Bounded(new Expression.Test(line, operand, name.Text, arguments));
        return negated ? Bounded(new Expression.Unary(line, "not", test)) : test;
    }

    private bool BeginsBareArgument() => Current.Kind switch
    {
        TokenKind.String or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Name => Current.Text is not ("else" or "or" or "and"),
        TokenKind.Operator => Current.Text is "(" or "[" or "{",
        _ => false,
    };
}
