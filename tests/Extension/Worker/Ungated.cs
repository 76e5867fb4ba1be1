using Ptune.Learning.Models.HuggingFace;
using Ptune.Learning.Models.HuggingFace.Families;

namespace Ptune.Fixtures.Extension;

/// <summary>The family of <see cref="UngatedSpec"/>.</summary>
internal static class Ungated
{
    public static ModelFamily Family { get; } = Llama.Of("ungated", "Ungated", config => Llama.Common(config) with { Gated = false }) with { Fresh = spec => spec is UngatedSpec own ? Llama.Words(own) : null };
}
