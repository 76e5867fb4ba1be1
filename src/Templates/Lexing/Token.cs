using Ptune.Templates.Values;

namespace Ptune.Templates.Lexing;

/// <param name="Kind">What it is.</param>
/// <param name="Text">Its text: a name, an operator, template data, a string's value, a number as written.</param>
/// <param name="Line">Where it begins, from 1.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Line)
{
    public bool IsName(string name) => Kind == TokenKind.Name && Text == name;

    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    public string Describe() => Kind switch
    {
        TokenKind.VariableEnd => "the end of the expression",
        TokenKind.BlockEnd => "the end of the tag",
        TokenKind.End => "the end of the template",
        TokenKind.Data => "text",
        _ => $"'{Text}'",
    };
}
