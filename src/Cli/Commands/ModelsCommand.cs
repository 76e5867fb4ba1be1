using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune models</c>: the named models.</summary>
internal static class ModelsCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("models", "Lists the named models in the store.");
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var models = await client.GetAsync<ModelView[]>(Routes.Models, interruption.Token);
            var format = parsed.GetValue(GlobalOptions.Output);
            var digests = session.Terminal.Ids(format, models.Select(m => m.Digest));
            session.Terminal.Write(format, models, console => TextTable.Write(
                console,
                ["NAME", "=DIGEST", "ARCHITECTURE", "OUTPUT SPACE", ">LABELS", ">SIZE", "PUBLISHED"],
                models.Select(m => new[]
                {
                    m.Alias, digests.Of(m.Digest), m.Architecture ?? "-", m.OutputSpace is { } space ? Digest.Abbreviate(space) : "-", $"{m.Labels}",
                    Words.Bytes(m.Bytes), Words.Ago(m.Published, session.Clock.GetUtcNow()),
                })));
            return ExitCode.Done;
        });
        return command.WithExamples("ptune models", "ptune models -o yaml");
    }
}
