using System.Globalization;
using System.Numerics;
using Ptune.Templates.Formatting;
using Ptune.Templates.Values;

namespace Ptune.Templates.Operations;

/// <summary>Python's operators on numbers, texts and lists.</summary>
internal static class Arithmetic
{
    // Far more than 4,300 digits, beyond which no int can be printed.
    private const long MostBits = 1 << 16;

    public static object? Sign(object? value, bool negate) => value switch
    {
        BigInteger number => negate ? -number : number,
        bool flag => new BigInteger(flag ? (negate ? -1 : 1) : 0),
        double number => negate ? -number : number,
        Undefined undefined => throw undefined.Used(),
        _ => throw TemplateException.Type($"bad operand type for unary {(negate ? '-' : '+')}: '{PythonType.Of(value)}'."),
    };

    /// <exception cref="TemplateException">The operator does not know these operands, or divides by zero.</exception>
    public static object? Apply(IRenderer interpreter, string sign, object? left, object? right)
    {
        if (left is Undefined undefined) throw undefined.Used();
        if (sign == "%" && left is Text format) return interpreter.Allocated(PercentFormat.Apply(interpreter, Arguments.TextOf(format, "%"), right));
        if (right is Undefined other) throw other.Used();
        if (Numbers.Of(left) is { } a && Numbers.Of(right) is { } b) return a is BigInteger x && b is BigInteger y ? Whole(sign, x, y) : Float(sign, Numbers.ToDouble(a), Numbers.ToDouble(b));
        return (sign, left, right) switch
        {
            ("+", Text s, Text t) => Join(interpreter, Arguments.TextOf(s, "+"), Arguments.TextOf(t, "+")),
            ("+", ListValue s, ListValue t) => new ListValue(Chain(interpreter, s.Items, t.Items)),
            ("+", TupleValue s, TupleValue t) => new TupleValue(Chain(interpreter, s.Items, t.Items)),
            ("*", Text or ListValue or TupleValue, _) when Numbers.Of(right) is BigInteger times => Repeat(interpreter, left, times),
            ("*", _, Text or ListValue or TupleValue) when Numbers.Of(left) is BigInteger times => Repeat(interpreter, right, times),
            ("-", ViewValue, _) => throw TemplateException.Unsupported("the difference of a dict's views is not supported."),
            ("+", Text, _) => throw TemplateException.Type($"can only concatenate str (not \"{PythonType.Of(right)}\") to str."),
            _ => throw TemplateException.Type($"unsupported operand types for {sign}: '{PythonType.Of(left)}' and '{PythonType.Of(right)}'."),
        };
    }

    private static object Whole(string sign, BigInteger a, BigInteger b) => sign switch
    {
        "+" => a + b,
        "-" => a - b,
        "*" => Bounded(a.GetBitLength() + b.GetBitLength()) ? a * b : throw TooLong(),
        "/" => b.IsZero ? throw DivisionByZero() : Quotient(a, b),
        "//" => b.IsZero ? throw DivisionByZero() : Floor(a, b),
        "%" => b.IsZero ? throw DivisionByZero() : a - (Floor(a, b) * b),
        _ => b.Sign < 0 ? Float("**", Numbers.ToDouble(a), Numbers.ToDouble(b)) : Power(a, b),
    };

    private static double Float(string sign, double a, double b)
    {
        switch (sign)
        {
            case "+": return a + b;
            case "-": return a - b;
            case "*": return a * b;
            case "/": return b == 0 ? throw DivisionByZero() : a / b;
            case "//": return b == 0 ? throw DivisionByZero() : DivideFloor(a, b).Quotient;
            case "%": return b == 0 ? throw DivisionByZero() : DivideFloor(a, b).Remainder;
        }
        if (a == 0 && b < 0) throw DivisionByZero();
        if (a < 0 && double.IsFinite(a) && double.IsFinite(b) && b != Math.Floor(b)) throw TemplateException.Unsupported("complex numbers are not supported.");
        var power = Math.Pow(a, b);
        return double.IsInfinity(power) && double.IsFinite(a) && double.IsFinite(b) ? throw TemplateException.Type("numerical result out of range.") : power;
    }

    // CPython's float_divmod: the remainder has the divisor's sign.
    private static (double Quotient, double Remainder) DivideFloor(double a, double b)
    {
        var remainder = a % b;
        var quotient = (a - remainder) / b;
        if (remainder != 0)
        {
            if (b < 0 != remainder < 0)
            {
                remainder += b;
                quotient -= 1;
            }
        }
        else
        {
            remainder = Math.CopySign(0, b);
        }
        if (quotient == 0) return (Math.CopySign(0, a / b), remainder);
        var floor = Math.Floor(quotient);
        return (quotient - floor > 0.5 ? floor + 1 : floor, remainder);
    }

    private static BigInteger Floor(BigInteger a, BigInteger b)
    {
        var quotient = BigInteger.DivRem(a, b, out var remainder);
        return remainder.Sign != 0 && (remainder.Sign < 0) != (b.Sign < 0) ? quotient - 1 : quotient;
    }

    private static double Quotient(BigInteger a, BigInteger b) => a.GetBitLength() <= 53 && b.GetBitLength() <= 53
        ? (double)a / (double)b
        : throw TemplateException.Unsupported("the quotient of ints above 2^53 is not supported.");

    private static BigInteger Power(BigInteger a, BigInteger b)
    {
        if (BigInteger.Abs(a) <= 1) return a.IsOne || b.IsZero ? BigInteger.One : a.IsZero || !b.IsEven ? a : BigInteger.One;
        return b <= MostBits && Bounded((a.GetBitLength() - 1) * (long)b) ? BigInteger.Pow(a, (int)b) : throw TooLong();
    }

    private static Text Join(IRenderer interpreter, Text a, Text b)
    {
        interpreter.Budget.Allocate((long)a.Value.Length + b.Value.Length);
        return new TextBuilder().Append(a).Append(b).ToText();
    }

    private static object?[] Chain(IRenderer interpreter, IReadOnlyList<object?> a, IReadOnlyList<object?> b)
    {
        interpreter.Budget.AllocateItems((long)a.Count + b.Count);
        return [.. a, .. b];
    }

    private static object Repeat(IRenderer interpreter, object? value, BigInteger times)
    {
        var count = (long)BigInteger.Clamp(times, 0, int.MaxValue);
        if (value is Text text)
        {
            Arguments.TextOf(text, "*");
            interpreter.Budget.Allocate(text.Value.Length * count);
            var to = new TextBuilder();
            for (var i = 0L; i < count && text.Value.Length > 0; i++) to.Append(text);
            return to.ToText();
        }
        var items = ((ISequenceValue)value!).Items;
        interpreter.Budget.AllocateItems(items.Count * count);
        var repeated = items.Count == 0 ? [] : Enumerable.Repeat(items, (int)count).SelectMany(i => i).ToArray();
        return value is ListValue ? new ListValue(repeated) : new TupleValue(repeated);
    }

    private static bool Bounded(long bits) => bits <= MostBits;

    private static TemplateException TooLong() => new(TemplateFault.Limit, $"the template needs a number of more than {MostBits:N0} bits.");

    private static TemplateException DivisionByZero() => TemplateException.Type("division by zero.");
}
