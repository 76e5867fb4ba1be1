using TorchSharp;
using static TorchSharp.torch;

namespace Ptune.Learning.Tensors;

/// <summary>
/// The operations of TorchSharp that take a number, or make one inside (the sum of two tensors has a factor of 1). TorchSharp turns the number into a <see cref="Scalar"/>
/// whose finalizer may free it while libtorch reads it; here it lives until the call has returned (docs/decisions/0007). An integer stays one: it does not change the type of
/// an integer tensor.
/// </summary>
public static class Numbers
{
    // Held for good, so they need no care.
    private static readonly Scalar s_one = 1;
    private static readonly Scalar s_two = 2;
    private static readonly Scalar s_zero = 0;
    private static readonly Scalar s_minusOne = -1;

    /// <summary>A tensor of a shape, filled with a number.</summary>
    public static Tensor Full(ReadOnlySpan<long> shape, double value, ScalarType type, Device device)
    {
        using Scalar number = value;
        return full(shape, number, type, device);
    }

    /// <inheritdoc cref="Full(ReadOnlySpan{long}, double, ScalarType, Device)"/>
    public static Tensor Full(ReadOnlySpan<long> shape, long value, ScalarType type, Device device)
    {
        using Scalar number = value;
        return full(shape, number, type, device);
    }

    /// <summary>The whole numbers from <paramref name="start"/> to before <paramref name="stop"/>, as 64-bit integers, [N].</summary>
    public static Tensor Range(long start, long stop, Device device, long step = 1)
    {
        using Scalar first = start, end = stop, distance = step;
        return arange(first, end, distance, ScalarType.Int64, device);
    }

    /// <summary>The whole numbers from 0 to before <paramref name="stop"/>, as 64-bit integers, [N].</summary>
    public static Tensor Range(long stop, Device device) => Range(0, stop, device);

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, s_one);

    /// <summary>x + number.</summary>
    public static Tensor Plus(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.add(scalar, s_one);
    }

    /// <inheritdoc cref="Plus(Tensor, double)"/>
    public static Tensor Plus(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.add(scalar, s_one);
    }

    /// <summary>x - number.</summary>
    public static Tensor Minus(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.sub(scalar);
    }

    /// <inheritdoc cref="Minus(Tensor, double)"/>
    public static Tensor Minus(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.sub(scalar);
    }

    /// <summary>x * number.</summary>
    public static Tensor Times(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.mul(scalar);
    }

    /// <summary>x / number.</summary>
    public static Tensor Over(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.div(scalar);
    }

    /// <summary>x², elementwise.</summary>
    public static Tensor Squared(this Tensor x) => x.pow(s_two);

    /// <summary>x / number, rounded down.</summary>
    public static Tensor FloorDivide(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.floor_divide(scalar);
    }

    /// <summary>x, limited to a range.</summary>
    public static Tensor Limited(this Tensor x, double min, double max)
    {
        using Scalar least = min, most = max;
        return x.clamp(least, most);
    }

    /// <summary>x, with a number where the mask is true.</summary>
    public static Tensor MaskedFill(this Tensor x, Tensor mask, double number)
    {
        using Scalar scalar = number;
        return x.masked_fill(mask, scalar);
    }

    /// <summary>x == number, elementwise.</summary>
    public static Tensor EqualTo(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.eq(scalar);
    }

    /// <summary>x != number, elementwise.</summary>
    public static Tensor NotEqualTo(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.ne(scalar);
    }

    /// <summary>x &lt; number, elementwise.</summary>
    public static Tensor Below(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.lt(scalar);
    }

    /// <summary>x &lt;= number, elementwise.</summary>
    public static Tensor AtMost(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.le(scalar);
    }

    /// <summary>x &gt; number, elementwise.</summary>
    public static Tensor Above(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.gt(scalar);
    }

    /// <summary>x &gt;= number, elementwise.</summary>
    public static Tensor AtLeast(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.ge(scalar);
    }

    /// <inheritdoc cref="AtLeast(Tensor, double)"/>
    public static Tensor AtLeast(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.ge(scalar);
    }

    /// <summary>Adds y to x; returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y) => x.add_(y, s_one);

    /// <summary>Adds y times a factor to x; returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, Tensor y, double factor)
    {
        using Scalar scalar = factor;
        return x.add_(y, scalar);
    }

    /// <summary>Adds a number to x; returns x.</summary>
    public static Tensor AddInPlace(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.add_(scalar, s_one);
    }

    /// <summary>Subtracts a number from x; returns x.</summary>
    public static Tensor SubtractInPlace(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.sub_(scalar);
    }

    /// <inheritdoc cref="SubtractInPlace(Tensor, double)"/>
    public static Tensor SubtractInPlace(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.sub_(scalar);
    }

    /// <summary>Multiplies x by a number; returns x.</summary>
    public static Tensor MultiplyInPlace(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.mul_(scalar);
    }

    /// <summary>Divides x by a number; returns x.</summary>
    public static Tensor DivideInPlace(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.div_(scalar);
    }

    /// <summary>Adds y * z * factor to x; returns x.</summary>
    public static Tensor AddProductInPlace(this Tensor x, Tensor y, Tensor z, double factor)
    {
        using Scalar scalar = factor;
        return x.addcmul_(y, z, scalar);
    }

    /// <summary>Adds y / z * factor to x; returns x.</summary>
    public static Tensor AddQuotientInPlace(this Tensor x, Tensor y, Tensor z, double factor)
    {
        using Scalar scalar = factor;
        return x.addcdiv_(y, z, scalar);
    }

    /// <summary>Subtracts the parts from the places of x that <paramref name="index"/> names along a dimension; returns x.</summary>
    public static Tensor IndexSubtractInPlace(this Tensor x, long dimension, Tensor index, Tensor parts) => x.index_add_(dimension, index, parts, s_minusOne);

    /// <summary>Limits x to a range; returns x.</summary>
    public static Tensor LimitInPlace(this Tensor x, double min, double max)
    {
        using Scalar least = min, most = max;
        return x.clamp_(least, most);
    }

    /// <summary>Puts 0 where x is negative; returns x.</summary>
    public static Tensor AtLeastZeroInPlace(this Tensor x) => x.clamp_(min: s_zero);

    /// <summary>Fills x with a number; returns x.</summary>
    public static Tensor FillInPlace(this Tensor x, double number)
    {
        using Scalar scalar = number;
        return x.fill_(scalar);
    }

    /// <inheritdoc cref="FillInPlace(Tensor, double)"/>
    public static Tensor FillInPlace(this Tensor x, long number)
    {
        using Scalar scalar = number;
        return x.fill_(scalar);
    }

    /// <summary>Puts a number where the mask is true; returns x.</summary>
    public static Tensor MaskedFillInPlace(this Tensor x, Tensor mask, double number)
    {
        using Scalar scalar = number;
        return x.masked_fill_(mask, scalar);
    }
}
