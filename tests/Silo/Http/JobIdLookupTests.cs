using System.Reflection;
using Ptune.Contracts.Jobs;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Stores;
using Ptune.Silo.Http;

namespace Ptune.Silo.Tests.Http;

/// <summary>Jobs that have left the listings, their time after the end being over: a study that is run again names them, and its report shows them.</summary>
public sealed class JobIdLookupTests
{
    private const string Digits = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(Digits)]
    [InlineData("ann." + Digits)]
    public async Task FindJob_WholeIdThatIsNoLongerListed_IsFound(string typed) =>
        Assert.Equal(("ann." + Digits, null), await Lookup("ann." + Digits).FindJobAsync("ann", typed, CancellationToken.None));

    [Theory]
    [InlineData("0123456789abcdef")]
    [InlineData("fedcba9876543210fedcba9876543210")]
    [InlineData("bob." + Digits)]
    public async Task FindJob_BeginningOrUnknownOrAnotherTenants_IsNotFound(string typed) =>
        Assert.NotNull((await Lookup("ann." + Digits).FindJobAsync("ann", typed, CancellationToken.None)).Problem);

    /// <summary>Where the catalog lists nothing, and one job has a state.</summary>
    private static JobIdLookup Lookup(string known)
    {
        var catalog = Fake<ICatalog>((method, _) => method.ReturnType == typeof(Task<JobRow?>) ? Task.FromResult<JobRow?>(null) : AsyncEnumerable.Empty<JobRow>());
        var grains = Fake<IGrainFactory>((_, args) => Fake<IJobGrain>((_, _) => Task.FromResult(args![0] is string id && id == known ? View(id) : null)));
        return new JobIdLookup(catalog, grains);
    }

    private static JobView? View(string id) => new()
    {
        JobId = id,
        Kind = "NoOp",
        Name = "",
        Status = JobStatus.Succeeded,
        Version = 1,
        Epoch = 1,
        Spec = new NoOpSpec(),
        Pool = "default",
        Priority = 1,
        Askers = [],
        Created = default,
        Timeline = [],
    };

    private static T Fake<T>(Func<MethodInfo, object?[]?, object?> answer)
        where T : class
    {
        var fake = DispatchProxy.Create<T, Answering>();
        ((Answering)(object)fake).Answer = answer;
        return fake;
    }

#pragma warning disable CA1852 // DispatchProxy derives from it at run time.
    public class Answering : DispatchProxy
#pragma warning restore CA1852
    {
        internal Func<MethodInfo, object?[]?, object?> Answer { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Answer(targetMethod!, args);
    }
}
