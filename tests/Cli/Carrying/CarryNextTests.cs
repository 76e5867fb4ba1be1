using Ptune.Cli.Carrying;
using Ptune.Contracts.Specs;

namespace Ptune.Cli.Tests.Carrying;

public sealed class CarryNextTests
{
    private static readonly CarryOrder s_order = new() { Artifact = "tone@v3", Target = "smol@v2", Probe = "probe.jsonl", Weight = 1 };

    [Fact]
    public void Of_NotSaved_HasWhatWasAskedFor()
    {
        Assert.Equal("ptune carry tone@v3 --to smol@v2 --data probe.jsonl --save NAME@VERSION", CarryNext.Of(s_order, isPatch: false, saved: null));
        Assert.Equal(
            "ptune carry tone@v3 --to smol@v2 --data probe.jsonl --general web.jsonl --source smol@v1 --weight 0.8 --format textLabel --max-tokens 128 --dtype bfloat16 --licence mit --save NAME@VERSION",
            CarryNext.Of(s_order with { General = "web.jsonl", Source = "smol@v1", Weight = 0.8, Format = TextFormat.TextLabel, MaxTokens = 128, Dtype = ComputeType.Bfloat16, Licences = ["mit"] }, isPatch: false, saved: null));
    }

    [Fact]
    public void Of_Saved_UsesIt()
    {
        Assert.Equal("ptune generate smol@v2 --patch new@v1 --prompt TEXT", CarryNext.Of(s_order, isPatch: true, "new@v1"));
        Assert.Equal("ptune generate smol@v2 --reward new@v1 --prompt TEXT", CarryNext.Of(s_order, isPatch: false, "new@v1"));
        Assert.Equal("ptune generate smol@v2 --reward new@v1:0.8 --prompt TEXT", CarryNext.Of(s_order with { Weight = 0.8 }, isPatch: false, "new@v1"));
    }
}
