using Ptune.Learning.Data;

namespace Ptune.Learning.Models;

/// <summary>How the numbers of a fresh parameter are drawn.</summary>
internal delegate void ParameterInit(Span<float> values, ref SplitMix64 random);
