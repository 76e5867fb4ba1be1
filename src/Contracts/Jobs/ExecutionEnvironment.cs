namespace Ptune.Contracts.Jobs;

/// <summary>The environment that a job ran in. It is recorded with the result and does not belong to the job's id.</summary>
/// <param name="Device">cpu, cuda:0 and the like.</param>
/// <param name="Threads">Threads inside one operation.</param>
/// <param name="Processor">The processor's or device's name.</param>
/// <param name="Torch">Version of libtorch.</param>
/// <param name="Runtime">Version of .NET.</param>
/// <param name="Os">The operating system.</param>
/// <param name="BatchParts">
/// In how many parts each training batch was computed, the gradients summed up, since earlier attempts ran out of memory; below 2: whole. Sums in another
/// order round otherwise: the result is as good as that of whole batches, but not the same bytes.
/// </param>
[GenerateSerializer, Alias("ptune.ExecutionEnvironment")]
public sealed record ExecutionEnvironment(string Device, int Threads, string Processor, string Torch, string Runtime, string Os, int BatchParts = 1);
