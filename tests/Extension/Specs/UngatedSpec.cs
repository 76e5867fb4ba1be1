using Ptune.Contracts.Specs;

namespace Ptune.Fixtures.Extension;

/// <summary>Llama without the gate of its feed-forward part.</summary>
[GenerateSerializer, Alias("ptune.tests.UngatedSpec")]
public sealed record UngatedSpec : GroupedDecoderSpec
{
    public override DecoderLayout Layout() => DecoderLayout.Llama with { Gate = null };
}
