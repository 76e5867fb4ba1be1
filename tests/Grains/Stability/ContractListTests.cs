using Ptune.Contracts.Jobs;

namespace Ptune.Grains.Tests.Stability;

public sealed class ContractListTests
{
    [Fact]
    public void Contracts_AsCommitted_HaveNotChanged()
    {
        var path = SourceFolder.Path("Contracts.txt");
        var actual = ContractList.Text();
        if (SourceFolder.IsRenewing) File.WriteAllText(path, actual);

        var (old, now) = (File.ReadAllText(path).Split('\n'), actual.Split('\n'));
        var (gone, added) = (old.Except(now).ToArray(), now.Except(old).ToArray());
        Assert.True(
            old.SequenceEqual(now),
            $"""
            What is stored or sent has changed against tests/Grains/Contracts.txt.
            Gone: {string.Join(" | ", gone)}
            New:  {string.Join(" | ", added)}
            New members and types are safe when they have new numbers and names. Whatever is gone or renumbered breaks state that is stored and
            nodes of the version before: keep it. If the change is right, renew the list and commit it:
              {SourceFolder.RenewCommand}
            """);
    }

    [Fact]
    public void Types_Serialized_HaveAnAlias() =>
        Assert.DoesNotContain(ContractList.Types.Where(ContractList.IsSerialized), t => ContractList.Alias(t) is null);

    [Fact]
    public void Aliases_OfTypes_AreUnique()
    {
        var aliases = ContractList.Types.Select(ContractList.Alias).OfType<string>().ToArray();
        Assert.NotEmpty(aliases);
        Assert.Equal(aliases.Distinct(), aliases);
    }

    [Fact]
    public void GrainInterfaces_AndTheirMethods_HaveAnAlias()
    {
        var grains = ContractList.Types.Where(ContractList.IsGrainInterface).ToArray();
        Assert.Contains(grains, g => g.Name == "IJobGrain");
        Assert.DoesNotContain(grains, g => ContractList.Alias(g) is null);
        Assert.DoesNotContain(grains.SelectMany(g => g.GetMethods()), m => ContractList.Alias(m) is null);
    }

    /// <summary>They are records that nobody changes. Not marked so, each is copied with all that it holds at every call inside a silo.</summary>
    [Fact]
    public void Messages_OfGrains_AreMarkedImmutable()
    {
        var messages = ContractList.Types.Where(ContractList.IsGrainInterface).SelectMany(g => g.GetMethods())
            .SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Concat(m.ReturnType.GetGenericArguments()))
            .Where(ContractList.IsSerialized).Distinct().ToArray();
        Assert.Contains(typeof(JobView), messages);
        Assert.DoesNotContain(messages, t => !t.IsDefined(typeof(ImmutableAttribute), inherit: false));
    }
}
