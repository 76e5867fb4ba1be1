using Ptune.Learning.Models.Vision;

namespace Ptune.Learning.Models.HuggingFace.Families;

/// <summary>What configurations say about images.</summary>
internal static class ImageWords
{
    private const long _channels = 3;

    public static PatchGrid Grid(JsonWords config, long size, long patch)
    {
        var grid = new PatchGrid(config.Whole("image_size", size), config.Whole("patch_size", patch), config.Whole("num_channels", _channels));
        return grid.Size % grid.Patch == 0 ? grid : throw config.Refuse($"patch_size {grid.Patch} does not divide image_size {grid.Size}.");
    }
}
