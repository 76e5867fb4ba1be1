using Ptune.Contracts.Specs;

namespace Ptune.Learning.Data;

/// <summary>
/// The shift "occlusion": a square of black pixels. The square of an image is drawn from the shift's seed and the image's row alone,
/// so an image looks the same in every pass, whatever else is read with it.
/// </summary>
internal sealed class Occlusion
{
    private readonly ShiftSpec _spec;
    private readonly int _height;
    private readonly int _width;

    /// <exception cref="DataException">The square is larger than the image.</exception>
    public Occlusion(ShiftSpec spec, int height, int width)
    {
        if (spec.Size > height || spec.Size > width)
            throw new DataException($"shift.size is {spec.Size}, but the images have {height} x {width} pixels.");
        (_spec, _height, _width) = (spec, height, width);
    }

    /// <summary>The upper left pixel of the square of the image in <paramref name="row"/> of its file.</summary>
    public (int Top, int Left) Place(int row)
    {
        var random = SplitMix64.Stream(_spec.Seed, RandomPurpose.Shift + ((ulong)row << 8));
        return (random.NextBelow(_height - _spec.Size + 1), random.NextBelow(_width - _spec.Size + 1));
    }

    /// <summary>Blackens the square in <paramref name="pixels"/>, [height, width].</summary>
    public void Apply(Span<byte> pixels, int row)
    {
        var (top, left) = Place(row);
        for (int y = top; y < top + _spec.Size; y++) pixels.Slice((y * _width) + left, _spec.Size).Clear();
    }
}
