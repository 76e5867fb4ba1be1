using Ptune.Contracts.Http;
using Ptune.Contracts.Messages;
using Ptune.Silo.Tests.Support;

namespace Ptune.Silo.Tests.Http;

public sealed class DeadLetterTests(RunningServer running)
{
    [Fact]
    public async Task DeadLetters_InMemory_AreNone()
    {
        using var client = running.NewTenant();

        Assert.Empty(await client.GetAsync<DeadLetter[]>(Routes.DeadLetters));
        Assert.Equal(0, (await client.PostAsync<ReplayedLetters>(Routes.DeadLettersReplay)).Replayed);
    }
}
