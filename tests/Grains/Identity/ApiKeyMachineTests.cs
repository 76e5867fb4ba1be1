using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;

namespace Ptune.Grains.Tests.Identity;

public sealed class ApiKeyMachineTests
{
    private static readonly ApiKeyCreation _creation = new("hash", "ann", "red", Role.Submitter, null, "boss");

    [Fact]
    public void Create_IdOfAnotherKey_IsRefused()
    {
        var state = ApiKeyMachine.Create(null, "id", _creation, Sample.Noon).State;
        var again = ApiKeyMachine.Create(state, "id", _creation with { Hash = "another" }, Sample.Noon);
        Assert.Null(again.Answer);
        Assert.Same(state, again.State);
        Assert.NotNull(ApiKeyMachine.Create(state, "id", _creation, Sample.Noon).Answer);
    }

    [Fact]
    public void Revoke_Twice_KeepsTheFirst()
    {
        var state = ApiKeyMachine.Create(null, "id", _creation, Sample.Noon).State;
        var first = ApiKeyMachine.Revoke(state, "id", "bob", Sample.Noon.AddDays(1));
        var second = ApiKeyMachine.Revoke(first.State, "id", "eve", Sample.Noon.AddDays(2));
        Assert.Equal(("bob", Sample.Noon.AddDays(1)), (second.Answer!.RevokedBy, second.Answer.Revoked));
        Assert.Same(first.State, second.State);
        Assert.Null(ApiKeyMachine.Revoke(null, "id", "bob", Sample.Noon).Answer);
    }

    [Fact]
    public void Use_IsWrittenOnceAnHourAndRememberedBetween()
    {
        var state = ApiKeyMachine.Create(null, "id", _creation, Sample.Noon).State;
        var first = ApiKeyMachine.Use(state, Sample.Noon.AddMinutes(1));
        var soon = ApiKeyMachine.Use(first.State, Sample.Noon.AddMinutes(30));
        var later = ApiKeyMachine.Use(soon.State, Sample.Noon.AddMinutes(62));
        Assert.Equal((false, true, false), (first.IsVolatile, soon.IsVolatile, later.IsVolatile));
        Assert.Equal(Sample.Noon.AddMinutes(30), soon.State!.LastUsed);
    }
}
