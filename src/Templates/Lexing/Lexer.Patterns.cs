using System.Text.RegularExpressions;

namespace Ptune.Templates.Lexing;

internal sealed partial class Lexer
{
    // What \s is to Python; .NET's own class differs.
    private const string S = @"[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]";

    [GeneratedRegex(@"\r\n|\r|\n")]
    private static partial Regex LineEnd();

    [GeneratedRegex(@"(?<raw>\{%(?<rawsign>[-+]?)" + S + "*raw" + S + @"*(?:-%\}" + S + @"*|%\}))|(?<tag>\{[{%#])(?<sign>[-+]?)")]
    private static partial Regex TagBegin();

    [GeneratedRegex(@"\{%(?<sign>[-+]?)" + S + "*endraw" + S + @"*(?:\+%\}|-%\}" + S + @"*|%\}\n?)")]
    private static partial Regex RawEnd();

    [GeneratedRegex(@"\+#\}|-#\}" + S + @"*|#\}\n?")]
    private static partial Regex CommentEnd();

    [GeneratedRegex(@"\G(?:-\}\}" + S + @"*|\}\})")]
    private static partial Regex VariableEnd();

    [GeneratedRegex(@"\G(?:\+%\}|-%\}" + S + @"*|%\}\n?)")]
    private static partial Regex BlockEnd();

    [GeneratedRegex(@"\G(?:[0-9]+_)*[0-9]+(?:(?:\.(?:[0-9]+_)*[0-9]+)?[eE][+-]?(?:[0-9]+_)*[0-9]+|\.(?:[0-9]+_)*[0-9]+)")]
    private static partial Regex Float();

    [GeneratedRegex(@"\G(?:0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[0-9a-fA-F])+|[1-9](?:_?[0-9])*|0(?:_?0)*)")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\G[A-Za-z_][A-Za-z_0-9]*")]
    private static partial Regex Name();

    [GeneratedRegex(@"\G(?:'[^'\\]*(?:\\.[^'\\]*)*'|""[^""\\]*(?:\\.[^""\\]*)*"")", RegexOptions.Singleline)]
    private static partial Regex Quoted();

    [GeneratedRegex(@"\G(?:\*\*|//|==|!=|>=|<=|[-+*/%~\[\](){}<>=.:|,;])")]
    private static partial Regex Operator();
}
