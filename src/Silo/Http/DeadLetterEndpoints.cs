using Microsoft.AspNetCore.Http.HttpResults;
using Ptune.Contracts.Http;
using Ptune.Contracts.Messages;
using Ptune.Messaging;
using Ptune.Messaging.DeadLetters;
using Ptune.Silo.Orders;
using Ptune.Silo.Pools;
using Ptune.Silo.Security;

namespace Ptune.Silo.Http;

/// <summary>Messages that nobody could make anything of.</summary>
internal static class DeadLetterEndpoints
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet(Routes.DeadLetters, List).RequireAuthorization(Policies.Admin).WithQuery()
            .WithSummary("Dead letters of all pools").WithDescription("Messages that could not be read or handled, each with its reason. Listing them removes none.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        api.MapPost(Routes.DeadLettersReplay, Replay).RequireAuthorization(Policies.Admin).WithQuery()
            .WithSummary("Replay the dead letters").WithDescription("Puts them back into their pools' queues. One that still cannot be read becomes a dead letter again.")
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<Results<Ok<IReadOnlyList<DeadLetter>>, ProblemHttpResult>> List(HttpContext http, KnownPools pools, IDeadLetters letters) =>
        AskAsync(http, pools, names => letters.ListAsync(names, http.RequestAborted));

    private static Task<Results<Ok<ReplayedLetters>, ProblemHttpResult>> Replay(HttpContext http, KnownPools pools, LetterReplay replay) =>
        AskAsync(http, pools, async names => new ReplayedLetters(await replay.RunAsync(http, names)));

    private static async Task<Results<Ok<T>, ProblemHttpResult>> AskAsync<T>(HttpContext http, KnownPools pools, Func<IEnumerable<string>, Task<T>> ask)
    {
        try
        {
            return TypedResults.Ok(await ask((await pools.ViewsAsync(http.RequestAborted)).Select(p => p.Name)));
        }
        catch (MessagingUnavailableException away)
        {
            return TypedResults.Problem(away.Message, statusCode: StatusCodes.Status503ServiceUnavailable, title: "The broker is unavailable");
        }
    }
}
