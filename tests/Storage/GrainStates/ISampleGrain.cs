namespace Ptune.Storage.Tests.GrainStates;

[Alias("ptune.tests.ISampleGrain")]
public interface ISampleGrain : IGrainWithStringKey
{
    [Alias("Set")]
    Task Set(SampleState state);

    [Alias("Get")]
    Task<SampleState> Get();

    [Alias("Exists")]
    Task<bool> Exists();

    [Alias("Clear")]
    Task Clear();

    /// <summary>Forgets the activation: the next call reads what is stored.</summary>
    [Alias("Forget")]
    Task Forget();
}
