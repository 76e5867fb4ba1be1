using Ptune.Learning.Transfer.Language;
using static TorchSharp.torch;

namespace Ptune.Learning.Tests.Transfer.Language;

public sealed class TokenContractTests
{
    [Fact]
    public void Of_SameTokens_HasNothingToAdjust()
    {
        using var contract = TokenContract.Of(Space("target", 8, "a", "b", "c"), Space("reward", 3, "a", "b", "c"), CPU);

        Assert.Equal((3, 0), (contract.Rows, contract.WithoutReward));
        Assert.Null(contract.Columns);
    }

    [Fact]
    public void Of_TokensThatOnlyTheTargetHas_AreCountedAndReadAsAnother()
    {
        using var contract = TokenContract.Of(Space("target", 5, "a", "b", "c", "d", "e"), Space("reward", 8, "a", "b", "c"), CPU);

        Assert.Equal((3, 2), (contract.Rows, contract.WithoutReward));
        Assert.Equal([0L, 1, 2, 1, 1], contract.Reading!.data<long>().ToArray());
    }

    /// <summary>The same size means nothing.</summary>
    [Fact]
    public void Of_OtherTokens_IsRefusedWithTheFirstTen()
    {
        string[] target = [.. Enumerable.Range(0, 30).Select(id => $"t{id}")], reward = [.. target.Select((token, id) => id is > 3 and < 16 ? $"r{id}" : token)];

        var refusal = Assert.Throws<TransferException>(() => TokenContract.Of(Space("The target", 30, target), Space("the reward", 30, reward), CPU));

        Assert.Contains("of the 30 ids that both have, 12 mean another token. The first 10: 4 is 't4' and 'r4';", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("13 is 't13' and 'r13'.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'t14'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_OneOtherToken_IsRefused()
    {
        var refusal = Assert.Throws<TransferException>(() => TokenContract.Of(Space("The subject", 3, "a", "b", "c"), Space("The reward", 3, "a", "x", "c"), CPU));

        // What is named by words stands inside a sentence, too.
        Assert.StartsWith("The subject and the reward have different tokens:", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("1 means another token. 1 is 'b' and 'x'.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_NothingInCommon_IsRefused()
    {
        var high = TokenSpace.Of("reward", 9, [KeyValuePair.Create("z", 8L)], substitute: 8);

        Assert.Contains("no token id in common", Assert.Throws<TransferException>(() => TokenContract.Of(Space("target", 3, "a", "b", "c"), high, CPU)).Message, StringComparison.Ordinal);
    }

    private static TokenSpace Space(string name, long rows, params string[] tokens) => TokenSpace.Of(name, rows, tokens.Select((token, id) => KeyValuePair.Create(token, (long)id)), substitute: 1);
}
