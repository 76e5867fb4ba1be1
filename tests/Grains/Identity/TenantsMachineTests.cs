using Ptune.Contracts.Identity;
using Ptune.Grains.Identity;

namespace Ptune.Grains.Tests.Identity;

public sealed class TenantsMachineTests
{
    private static readonly Dictionary<string, TenantSettings> _settings = new() { ["red"] = new TenantSettings(2, 3) };

    [Fact]
    public void Import_OnlyBeforeAnythingWasWritten()
    {
        var imported = TenantsMachine.Import(null, _settings, Sample.Noon).State!;
        Assert.Equal(3, Assert.Single(imported.Tenants).Settings.MaxRunning);
        var changed = TenantsMachine.Set(imported, "red", new TenantSettings(), "boss", Sample.Noon).State!;
        Assert.Same(changed, TenantsMachine.Import(changed, _settings, Sample.Noon).State);
        Assert.Null(TenantsMachine.Import(null, new Dictionary<string, TenantSettings>(), Sample.Noon).State);
    }

    [Fact]
    public void Create_And_Set_AnswerOnlyForTheirOwnCase()
    {
        var state = TenantsMachine.Create(null, "red", new TenantSettings(), "boss", Sample.Noon).State;
        Assert.Null(TenantsMachine.Create(state, "red", new TenantSettings(2), "eve", Sample.Noon).Answer);
        Assert.Null(TenantsMachine.Set(state, "blue", new TenantSettings(2), "eve", Sample.Noon).Answer);
        var set = TenantsMachine.Set(state, "red", new TenantSettings(2), "bob", Sample.Noon.AddDays(1));
        Assert.Equal((2, "bob", Sample.Noon, Sample.Noon.AddDays(1)), (set.Answer!.Settings.Weight, set.Answer.By, set.Answer.Created, set.Answer.Updated));
    }
}
