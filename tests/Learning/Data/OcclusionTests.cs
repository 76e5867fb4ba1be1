using Ptune.Contracts.Specs;
using Ptune.Learning.Data;

namespace Ptune.Learning.Tests.Data;

public sealed class OcclusionTests
{
    [Fact]
    public void Apply_WhiteImage_BlackensOneSquare()
    {
        byte[] image = new byte[8 * 8];
        Array.Fill(image, (byte)255);
        var occlusion = new Occlusion(new ShiftSpec { Size = 3 }, 8, 8);
        occlusion.Apply(image, 5);
        var (top, left) = occlusion.Place(5);
        for (int y = 0; y < 8; y++)
        {
            for (int x = 0; x < 8; x++)
            {
                bool inside = y >= top && y < top + 3 && x >= left && x < left + 3;
                Assert.Equal(inside ? 0 : 255, image[(y * 8) + x]);
            }
        }
    }

    [Fact]
    public void Place_ManyRows_ReachesEveryPlaceAndStaysInside()
    {
        var occlusion = new Occlusion(new ShiftSpec { Size = 6 }, 8, 8);
        var places = Enumerable.Range(0, 500).Select(occlusion.Place).ToHashSet();
        Assert.Equal(9, places.Count);
        Assert.All(places, place => Assert.True(place.Top is >= 0 and <= 2 && place.Left is >= 0 and <= 2));
    }

    [Fact]
    public void Place_OtherSeed_IsAnotherChoice()
    {
        var first = new Occlusion(new ShiftSpec { Size = 2, Seed = 1 }, 28, 28);
        var second = new Occlusion(new ShiftSpec { Size = 2, Seed = 2 }, 28, 28);
        Assert.NotEqual(Enumerable.Range(0, 20).Select(first.Place), Enumerable.Range(0, 20).Select(second.Place));
    }

    [Theory]
    [InlineData(9, 8)]
    [InlineData(8, 9)]
    public void Constructor_SquareLargerThanTheImage_IsRefused(int height, int width) =>
        Assert.Contains("shift.size is 9", Assert.Throws<DataException>(() => new Occlusion(new ShiftSpec { Size = 9 }, height, width)).Message, StringComparison.Ordinal);
}
