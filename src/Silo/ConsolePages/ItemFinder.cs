using Ptune.Silo.Http;
using Ptune.WebConsole.Sources;

namespace Ptune.Silo.ConsolePages;

internal sealed class ItemFinder(JobIdLookup ids) : IItemFinder
{
    public async Task<string?> JobAsync(string tenant, string typed, CancellationToken cancellation) => (await ids.FindJobAsync(tenant, typed, cancellation)).Id;

    public async Task<string?> StudyAsync(string tenant, string typed, CancellationToken cancellation) => (await ids.FindStudyAsync(tenant, typed, cancellation)).Id;

    public async Task<string?> SweepAsync(string tenant, string typed, CancellationToken cancellation) => (await ids.FindSweepAsync(tenant, typed, cancellation)).Id;
}
