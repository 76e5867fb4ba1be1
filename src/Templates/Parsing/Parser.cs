using Ptune.Templates.Lexing;
using Ptune.Templates.Syntax;

namespace Ptune.Templates.Parsing;

/// <summary>
/// Jinja's grammar by recursive descent, rule by rule as in its own parser: its oddities decide what a template means. Nesting is bounded before
/// every descent.
/// </summary>
internal sealed partial class Parser
{
    // Python's own parser of templates gives up a little below.
    private const int DeepestNesting = 100;
    private const int DeepestExpression = 200;

    private readonly List<Token> _tokens;
    private readonly List<HashSet<string>> _mentioned = [];
    private int _at;
    private int _depth;
    private int _loops;

    private Parser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_at];

    private Token Following => _tokens[Math.Min(_at + 1, _tokens.Count - 1)];

    /// <exception cref="TemplateException">It is no template, or uses what is not supported.</exception>
    public static IReadOnlyList<Statement> Parse(string source)
    {
        var parser = new Parser(Lexer.Read(source));
        return parser.ParseBody(null, []);
    }

    private Token Next() => _tokens[_at++];

    private bool SkipName(string name) => Skip(Current.IsName(name));

    private bool SkipOperator(string text) => Skip(Current.IsOperator(text));

    private bool Skip(bool condition)
    {
        if (condition) _at++;
        return condition;
    }

    private Token ExpectOperator(string text) => Current.IsOperator(text) ? Next() : throw Expected($"'{text}'");

    private Token ExpectName(string name) => Current.IsName(name) ? Next() : throw Expected($"'{name}'");

    private Token ExpectAnyName() => Current.Kind == TokenKind.Name ? Next() : throw Expected("a name");

    private void Expect(TokenKind kind, string what)
    {
        if (Current.Kind != kind) throw Expected(what);
        _at++;
    }

    private TemplateException Expected(string what) => Fault(Current.Line, $"expected {what}, found {Current.Describe()}.");

    private static TemplateException Fault(int line, string message) => new(TemplateFault.Syntax, line, message);

    // Before every descent into brackets, operands and blocks.
    private T Nested<T>(Func<T> parse)
    {
        if (++_depth > DeepestNesting) throw new TemplateException(TemplateFault.Limit, Current.Line, $"more than {DeepestNesting} levels of nesting.");
        var result = parse();
        _depth--;
        return result;
    }

    private static T Bounded<T>(T expression)
        where T : Expression => expression.Depth <= DeepestExpression
            ? expression
            : throw new TemplateException(TemplateFault.Limit, expression.Line, $"an expression of more than {DeepestExpression} operations on each other.");

    private void Mention(string name)
    {
        foreach (var names in _mentioned) names.Add(name);
    }
}
