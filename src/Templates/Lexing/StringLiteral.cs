using System.Globalization;
using System.Text;

namespace Ptune.Templates.Lexing;

/// <summary>Python's escapes in a string; a backslash before any other letter stays.</summary>
internal static class StringLiteral
{
    /// <exception cref="TemplateException">An escape is not whole, or names a character that does not exist.</exception>
    public static string Value(string body, int line)
    {
        if (!body.Contains('\\', StringComparison.Ordinal)) return body;
        var builder = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length;)
        {
            if (body[i] != '\\')
            {
                builder.Append(body[i++]);
                continue;
            }
            var letter = body[i + 1];
            i += 2;
            _ = letter switch
            {
                '\n' => builder,
                '\\' or '\'' or '"' => builder.Append(letter),
                'a' => builder.Append('\a'),
                'b' => builder.Append('\b'),
                'f' => builder.Append('\f'),
                'n' => builder.Append('\n'),
                'r' => builder.Append('\r'),
                't' => builder.Append('\t'),
                'v' => builder.Append('\v'),
                'x' => AppendCode(builder, Hexadecimal(body, ref i, 2, line), line),
                'u' => AppendCode(builder, Hexadecimal(body, ref i, 4, line), line),
                'U' => AppendCode(builder, Hexadecimal(body, ref i, 8, line), line),
                >= '0' and <= '7' => AppendCode(builder, Octal(body, ref i), line),
                'N' => throw new TemplateException(TemplateFault.Unsupported, line, "characters by their name, \\N{...}, are not supported."),
                _ => builder.Append('\\').Append(letter),
            };
        }
        return builder.ToString();
    }

    private static int Hexadecimal(string body, ref int at, int digits, int line)
    {
        if (at + digits > body.Length || !int.TryParse(body.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            throw new TemplateException(TemplateFault.Syntax, line, "an escape in a string lacks digits.");
        at += digits;
        return code;
    }

    private static int Octal(string body, ref int at)
    {
        var code = body[at - 1] - '0';
        for (var end = at + 2; at < end && at < body.Length && body[at] is >= '0' and <= '7'; at++) code = (code * 8) + body[at] - '0';
        return code;
    }

    private static StringBuilder AppendCode(StringBuilder to, int code, int line)
    {
        if (code is >= 0xd800 and <= 0xdfff) throw new TemplateException(TemplateFault.Unsupported, line, "half a character (a lone surrogate) in a string is not supported.");
        return code is < 0 or > 0x10ffff
            ? throw new TemplateException(TemplateFault.Syntax, line, "an escape in a string names no character.")
            : to.Append(char.ConvertFromUtf32(code));
    }
}
