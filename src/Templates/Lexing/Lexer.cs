using System.Text.RegularExpressions;
using Ptune.Templates.Texts;

namespace Ptune.Templates.Lexing;

/// <summary>
/// Cuts a template into tokens as Jinja does with <c>trim_blocks</c> and <c>lstrip_blocks</c>, which transformers sets: the line feed behind a block's
/// tag goes, and so does white space between a line's start and a block's tag.
/// </summary>
internal sealed partial class Lexer
{
    private readonly string _source;
    private readonly List<Token> _tokens = [];
    private readonly Stack<char> _brackets = new();
    private int _at;
    private int _line = 1;
    private bool _lineStarts = true;

    private Lexer(string source)
    {
        // Line ends become line feeds, and one at the template's end is dropped.
        source = LineEnd().Replace(source, "\n");
        _source = source.EndsWith('\n') ? source[..^1] : source;
    }

    /// <exception cref="TemplateException">Something is not closed, or no token.</exception>
    public static List<Token> Read(string source)
    {
        var lexer = new Lexer(source);
        while (lexer._at < lexer._source.Length) lexer.ReadData();
        lexer._tokens.Add(new Token(TokenKind.End, "", lexer._line));
        return lexer._tokens;
    }

    // Text up to the next tag, and that tag.
    private void ReadData()
    {
        var match = TagBegin().Match(_source, _at);
        if (!match.Success)
        {
            AddData(_source[_at..]);
            Advance(_source.Length);
            return;
        }
        var raw = match.Groups["raw"].Success;
        var sign = match.Groups[raw ? "rawsign" : "sign"].Value;
        AddData(Strip(_source[_at..match.Index], sign, match.Groups["tag"].Value == "{{"));
        Advance(match.Index + match.Length);
        var line = _line;
        switch (raw ? "raw" : match.Groups["tag"].Value)
        {
            case "raw":
                ReadRaw();
                break;
            case "{#":
                SkipComment();
                break;
            case "{{":
                _tokens.Add(new Token(TokenKind.VariableBegin, "{{", line));
                ReadCode(VariableEnd(), TokenKind.VariableEnd, "an expression that begins with {{");
                break;
            default:
                _tokens.Add(new Token(TokenKind.BlockBegin, "{%", line));
                ReadCode(BlockEnd(), TokenKind.BlockEnd, "a tag that begins with {%");
                break;
        }
    }

    private void ReadRaw()
    {
        var end = RawEnd().Match(_source, _at);
        if (!end.Success) throw Fault("'{% raw %}' has no '{% endraw %}'.");
        AddData(Strip(_source[_at..end.Index], end.Groups["sign"].Value, isVariable: false));
        Advance(end.Index + end.Length);
    }

    private void SkipComment()
    {
        var end = CommentEnd().Match(_source, _at);
        if (!end.Success) throw Fault("a comment that begins with {# has no #}.");
        Advance(end.Index + end.Length);
    }

    private void ReadCode(Regex ending, TokenKind kind, string what)
    {
        var begin = _line;
        _brackets.Clear();
        while (true)
        {
            if (_at >= _source.Length) throw new TemplateException(TemplateFault.Syntax, begin, $"{what} is not closed.");
            if (_brackets.Count == 0 && MatchAt(ending) is { } end)
            {
                _tokens.Add(new Token(kind, end.Value, _line));
                Advance(_at + end.Length);
                return;
            }
            ReadToken();
        }
    }

    private void ReadToken()
    {
        if (Characters.IsSpace(_source[_at]))
        {
            Advance(_at + 1);
            return;
        }
        if (MatchAt(Float()) is { } number && !(_at > 0 && _source[_at - 1] == '.')) Add(TokenKind.Float, number);
        else if (MatchAt(Integer()) is { } whole) Add(TokenKind.Integer, whole);
        else if (MatchAt(Name()) is { } name) Add(TokenKind.Name, name);
        else if (MatchAt(Quoted()) is { } quoted)
        {
            _tokens.Add(new Token(TokenKind.String, StringLiteral.Value(quoted.Value[1..^1], _line), _line));
            Advance(_at + quoted.Length);
        }
        else if (MatchAt(Operator()) is { } sign)
        {
            Balance(sign.Value);
            Add(TokenKind.Operator, sign);
        }
        else throw Fault(_source[_at] is '\'' or '"' ? "a string is not closed." : $"unexpected character '{_source[_at]}'.");
    }

    private void Balance(string sign)
    {
        switch (sign)
        {
            case "(" or "[" or "{":
                _brackets.Push(sign[0] == '(' ? ')' : (char)(sign[0] + 2));
                break;
            case ")" or "]" or "}":
                if (_brackets.Count == 0) throw Fault($"unexpected '{sign}'.");
                if (_brackets.Pop() is var expected && expected != sign[0]) throw Fault($"unexpected '{sign}', expected '{expected}'.");
                break;
        }
    }

    private string Strip(string text, string sign, bool isVariable)
    {
        if (sign == "-") return text[..(text.AsSpan().LastIndexOfAnyExcept(Characters.Spaces) + 1)];
        if (sign == "+" || isVariable) return text;
        var lineStart = text.LastIndexOf('\n') + 1;
        return (lineStart > 0 || _lineStarts) && lineStart < text.Length && text.AsSpan(lineStart).IndexOfAnyExcept(Characters.Spaces) < 0 ? text[..lineStart] : text;
    }

    private void AddData(string text)
    {
        if (text.Length > 0) _tokens.Add(new Token(TokenKind.Data, text, _line));
    }

    private void Add(TokenKind kind, Match match)
    {
        _tokens.Add(new Token(kind, match.Value, _line));
        Advance(_at + match.Length);
    }

    private void Advance(int to)
    {
        _line += _source.AsSpan(_at, to - _at).Count('\n');
        if (to > _at) _lineStarts = _source[to - 1] == '\n';
        _at = to;
    }

    private Match? MatchAt(Regex pattern) => pattern.Match(_source, _at) is { Success: true } match ? match : null;

    private TemplateException Fault(string message) => new(TemplateFault.Syntax, _line, message);
}
