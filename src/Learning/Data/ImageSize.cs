namespace Ptune.Learning.Data;

/// <summary>Height and width of a one-channel image, in pixels.</summary>
internal readonly record struct ImageSize(int Height, int Width)
{
    public int Pixels => Height * Width;

    public override string ToString() => $"{Height}x{Width}";
}
