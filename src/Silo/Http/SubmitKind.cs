using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Http;

/// <summary>In what submits of jobs, studies and sweeps differ.</summary>
internal abstract class SubmitKind<TSpec, TView> where TSpec : class where TView : class
{
    /// <summary>With its article, as in "a job".</summary>
    public abstract string Noun { get; }

    /// <summary>The route of one of them, with {id} in it.</summary>
    public abstract string Route { get; }

    public abstract string IdOf(TView view);

    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public abstract SubmitTarget Target(SubmitRequest<TSpec> request, CancellationToken cancellation);

    /// <returns>Null when it was never submitted.</returns>
    public abstract Task<TView?> FindAsync(string id);

    /// <summary>What speaks against submitting it, where only its id tells; null: nothing.</summary>
    public virtual Task<SpecProblem?> ProblemAsync(string id, SubmitRequest<TSpec> request, SpecPositions positions) => Task.FromResult<SpecProblem?>(null);

    public abstract Task<TView> SubmitAsync(string id, SubmitRequest<TSpec> request);
}
