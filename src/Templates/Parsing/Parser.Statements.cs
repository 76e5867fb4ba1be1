using Ptune.Templates.Lexing;
using Ptune.Templates.Syntax;
using Ptune.Templates.Values;

namespace Ptune.Templates.Parsing;

/// <content>Tags and the text between them.</content>
internal sealed partial class Parser
{
    private static readonly string[] _unsupported = ["block", "extends", "include", "import", "from", "autoescape"];

    // Up to one of the tags in <paramref name="ends"/>, whose name is then current; without an opener up to the template's end.
    private List<Statement> ParseBody(Token? opener, string[] ends)
    {
        var body = new List<Statement>();
        while (true)
        {
            var token = Current;
            switch (token.Kind)
            {
                case TokenKind.Data:
                    _at++;
                    body.Add(new Statement.Data(token.Line, token.Text));
                    break;
                case TokenKind.VariableBegin:
                    _at++;
                    body.Add(new Statement.Print(token.Line, ParseTuple()));
                    Expect(TokenKind.VariableEnd, "the end of the expression");
                    break;
                case TokenKind.BlockBegin:
                    _at++;
                    if (Current.Kind == TokenKind.Name && ends.Contains(Current.Text)) return body;
                    body.AddRange(Nested(() => ParseTag(opener, ends)));
                    Expect(TokenKind.BlockEnd, "the end of the tag");
                    break;
                default:
                    if (opener is { } open) throw Fault(open.Line, $"'{open.Text}' is not closed: {string.Join(" or ", ends.Select(e => $"'{e}'"))} is missing.");
                    return body;
            }
        }
    }

    private List<Statement> ParseTag(Token? opener, string[] ends)
    {
        var token = Current;
        if (token.Kind != TokenKind.Name) throw Expected("a tag's name");
        _at++;
        return token.Text switch
        {
            "for" => [ParseFor(token)],
            "if" => [ParseIf(token)],
            "set" => [ParseSet(token)],
            "with" => [ParseWith(token)],
            "macro" => [ParseMacro(token)],
            "call" => [ParseCallBlock(token)],
            "filter" => [new Statement.FilterBlock(token.Line, ParseFilters(null, startsInline: true)!, ParseBlock(token, "endfilter"))],
            "generation" => [new Statement.Generation(token.Line, OutsideLoops(() => ParseBlock(token, "endgeneration")))],
            "print" => ParsePrint(token),
            "break" => [InLoop(token, new Statement.Break(token.Line))],
            "continue" => [InLoop(token, new Statement.Continue(token.Line))],
            var name when _unsupported.Contains(name) => throw new TemplateException(
                TemplateFault.Unsupported, token.Line, $"the tag '{name}' is not supported: a chat template is one file, without others and without blocks."),
            var name => throw Fault(token.Line, opener is { } open
                ? $"unknown tag '{name}'; expected {string.Join(" or ", ends.Select(e => $"'{e}'"))} for the '{open.Text}' of line {open.Line}."
                : $"unknown tag '{name}'."),
        };
    }

    // The rest of the opening tag's end, the body, and the closing tag's name.
    private List<Statement> ParseBlock(Token opener, params string[] ends)
    {
        SkipOperator(":");
        Expect(TokenKind.BlockEnd, "the end of the tag");
        var body = ParseBody(opener, ends);
        if (ends.Length == 1) _at++;
        return body;
    }

    private Statement.For ParseFor(Token token)
    {
        var target = ParseTarget(end: "in");
        if (Names(target).Contains("loop")) throw Fault(token.Line, "'loop' is the loop's own name and cannot be assigned.");
        ExpectName("in");
        var items = ParseTuple(withCondition: false, end: "recursive");
        var test = SkipName("if") ? ParseExpression() : null;
        var recursive = SkipName("recursive");
        _loops++;
        var body = ParseBlock(token, "endfor", "else");
        _loops--;
        var otherwise = Next().Text == "endfor" ? [] : ParseBlock(token, "endfor");
        return new Statement.For(token.Line, target, items, test, recursive, body, otherwise);
    }

    private Statement.If ParseIf(Token token)
    {
        var branches = new List<(Expression, IReadOnlyList<Statement>)>();
        while (true)
        {
            var test = ParseTuple(withCondition: false);
            branches.Add((test, ParseBlock(token, "elif", "else", "endif")));
            switch (Next().Text)
            {
                case "elif":
                    continue;
                case "else":
                    return new Statement.If(token.Line, branches, ParseBlock(token, "endif"));
                default:
                    return new Statement.If(token.Line, branches, []);
            }
        }
    }

    private Statement ParseSet(Token token)
    {
        var target = ParseTarget(withNamespace: true);
        if (_loops > 0 && Names(target).Contains("loop")) throw Fault(token.Line, "'loop' is the loop's own name and cannot be assigned.");
        if (SkipOperator("=")) return new Statement.Set(token.Line, target, ParseTuple());
        var filter = ParseFilters(null);
        return new Statement.SetBlock(token.Line, target, filter, ParseBlock(token, "endset"));
    }

    private Statement.With ParseWith(Token token)
    {
        var bindings = new List<(Expression, Expression)>();
        while (Current.Kind != TokenKind.BlockEnd)
        {
            if (bindings.Count > 0) ExpectOperator(",");
            var target = ParseTarget();
            ExpectOperator("=");
            bindings.Add((target, ParseExpression()));
        }
        return new Statement.With(token.Line, bindings, ParseBlock(token, "endwith"));
    }

    private Statement.MacroDefinition ParseMacro(Token token)
    {
        var name = ParseTargetName().Name;
        var parameters = ParseParameters();
        var (body, mentioned) = ParseMacroBody(token, "endmacro");
        return new Statement.MacroDefinition(token.Line, new MacroSignature(name, parameters, mentioned), body);
    }

    private Statement.CallBlock ParseCallBlock(Token token)
    {
        var parameters = Current.IsOperator("(") ? ParseParameters() : [];
        if (ParseExpression() is not Expression.Call call) throw Fault(token.Line, "expected the call of a macro.");
        var (body, mentioned) = ParseMacroBody(token, "endcall");
        return new Statement.CallBlock(token.Line, new MacroSignature(null, parameters, mentioned), call, body);
    }

    private (IReadOnlyList<Statement> Body, IReadOnlySet<string> Mentioned) ParseMacroBody(Token token, string end)
    {
        var mentioned = new HashSet<string>();
        _mentioned.Add(mentioned);
        var body = OutsideLoops(() => ParseBlock(token, end));
        _mentioned.RemoveAt(_mentioned.Count - 1);
        return (body, mentioned);
    }

    private List<(string, Expression?)> ParseParameters()
    {
        ExpectOperator("(");
        var parameters = new List<(string Name, Expression? Default)>();
        while (!Current.IsOperator(")"))
        {
            if (parameters.Count > 0) ExpectOperator(",");
            var name = ParseTargetName();
            if (parameters.Any(p => p.Name == name.Name)) throw Fault(name.Line, $"the parameter '{name.Name}' stands there twice.");
            var fallback = SkipOperator("=") ? ParseExpression() : null;
            if (fallback is null && parameters.Any(p => p.Default is not null)) throw Fault(name.Line, "a parameter without a default follows one with a default.");
            parameters.Add((name.Name, fallback));
        }
        ExpectOperator(")");
        return parameters;
    }

    private List<Statement> ParsePrint(Token token)
    {
        var values = new List<Statement>();
        while (Current.Kind != TokenKind.BlockEnd)
        {
            if (values.Count > 0) ExpectOperator(",");
            values.Add(new Statement.Print(token.Line, ParseExpression()));
        }
        return values;
    }

    private Expression ParseTarget(string? end = null, bool withNamespace = false)
    {
        var target = ParseTuple(simplified: true, end: end, withNamespace: withNamespace);
        CheckTarget(target);
        return target;
    }

    private Expression.Variable ParseTargetName()
    {
        var token = ExpectAnyName();
        return token.Text is "true" or "false" or "none" or "True" or "False" or "None"
            ? throw Fault(token.Line, $"'{token.Text}' cannot be assigned.")
            : new Expression.Variable(token.Line, token.Text);
    }

    private static void CheckTarget(Expression target)
    {
        switch (target)
        {
            case Expression.Variable or Expression.NamespaceTarget:
                return;
            case Expression.TupleOf tuple:
                foreach (var item in tuple.Items) CheckTarget(item);
                return;
            default:
                throw Fault(target.Line, target is Expression.Constant ? "a constant cannot be assigned." : "only names can be assigned.");
        }
    }

    private static IEnumerable<string> Names(Expression target) => target switch
    {
        Expression.Variable variable => [variable.Name],
        Expression.TupleOf tuple => tuple.Items.SelectMany(Names),
        _ => [],
    };

    // A macro's body is no part of the loop around it.
    private T OutsideLoops<T>(Func<T> parse)
    {
        var loops = _loops;
        _loops = 0;
        var result = parse();
        _loops = loops;
        return result;
    }

    private T InLoop<T>(Token token, T statement) => _loops > 0 ? statement : throw Fault(token.Line, $"'{token.Text}' outside a loop.");
}
