using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune share</c> and <c>ptune unshare</c>: artifacts that other tenants may use.</summary>
internal static class ShareCommands
{
    public static Command Share(Session session) => Create(
        session, "share", "Lets another tenant read an artifact and start from it, by its digest. For operators of the tenant that owns it.",
        (client, reference, with, cancellation) => client.PostAsync<ShareView>(ServerClient.Fill(Routes.ArtifactShares, reference), new ShareRequest(with), cancellation))
        .WithExamples("ptune share legal@v1 --with red", "ptune share smol@v1 --with all");

    public static Command Unshare(Session session) => Create(
        session, "unshare", "Takes back what 'share' gave. What was submitted before goes on.",
        (client, reference, with, cancellation) => client.DeleteAsync<ShareView>(ServerClient.Fill(Routes.ArtifactShare.Replace("{with}", Uri.EscapeDataString(with), StringComparison.Ordinal), reference), cancellation))
        .WithExamples("ptune unshare legal@v1 --with red");

    private static Command Create(Session session, string name, string description, Func<ServerClient, string, string, CancellationToken, Task<ShareView>> change)
    {
        var reference = new Argument<string>("REF") { Description = "An artifact: name@version, its digest, or a unique prefix of the digest.", HelpName = "REF" };
        var with = new Option<string>("--with") { Description = "A tenant, or all.", HelpName = "TENANT", Required = true };
        var command = new Command(name, description) { reference, with };
        command.SetAction(async (parsed, _) =>
        {
            using var interruption = new Interruption();
            using var client = new ServerLocator(session, parsed).Connect();
            var view = await change(client, parsed.GetRequiredValue(reference), parsed.GetRequiredValue(with), interruption.Token);
            session.Terminal.Write(parsed.GetValue(GlobalOptions.Output), view, _ => session.Terminal.Result(
                $"{view.Digest} is shared with {(view.With.Length == 0 ? "nobody" : string.Join(", ", view.With))}"));
            return ExitCode.Done;
        });
        return command;
    }
}
