namespace Ptune.Learning.Models.HuggingFace;

/// <summary>How an image is resized, by the numbers of Pillow that <c>resample</c> has.</summary>
internal enum ResizeFilter
{
    Nearest = 0,
    Lanczos = 1,

    /// <summary>Pillow's and torchvision's bilinear.</summary>
    Triangle = 2,

    /// <summary>Bicubic, a = -0.5.</summary>
    Cubic = 3,
    Box = 4,
    Hamming = 5,
}
