using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Servers;
using Ptune.Contracts.Http;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune server</c>: the whole system on this machine, in the foreground.</summary>
internal static class ServerCommand
{
    public static Command Create(Session session)
    {
        var port = new Option<int?>("--port") { Description = "The port on 127.0.0.1; 0: any free one. Default: 8080.", HelpName = "PORT" };
        port.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out var value) && value is < 0 or > 65535) result.AddError($"--port is {value}; it must be 0 to 65535.");
        });
        var executors = ServerOptions.Executors();
        var threads = ServerOptions.Threads();
        var auth = new Option<string?>("--auth") { Description = "Whether callers need a key: required or none. Default: none on loopback, required on other addresses.", HelpName = "required|none" };
        auth.AcceptOnlyFromAmong("required", "none");
        var command = new Command("server", "Runs the whole system on this machine until Ctrl-C. Running jobs write a checkpoint before it stops.") { port, executors, threads, auth };
        command.SetAction(async (parsed, _) =>
        {
            var locator = new ServerLocator(session, parsed);
            var settings = new SiloSettings(locator.Store, parsed.GetValue(port), parsed.GetValue(executors), parsed.GetValue(threads), parsed.GetValue(auth));
            Directory.CreateDirectory(settings.Store);
            using var interruption = new Interruption();
            await using var silo = await SiloProcess.StartAsync(SiloProgram.Find(session), settings, session.Terminal.Note);
            await using var registration = interruption.Token.Register(silo.Terminate);
            interruption.Leaving = silo.Terminate;
            Print(session, settings, await silo.ReadyAsync(session.Clock, interruption.Token));
            var code = await silo.Exited;
            return interruption.Token.IsCancellationRequested ? ExitCode.Done : code == 0 ? ExitCode.Done : ExitCode.Unreachable;
        });
        return command.WithExamples("ptune server", "ptune server --store /srv/ptune --port 8080 --executors 2 --threads 1", "ptune server --auth required");
    }

    private static void Print(Session session, SiloSettings settings, ServerFile server)
    {
        var url = server.Url.TrimEnd('/');
        session.Terminal.Result($"Console    {url}/");
        session.Terminal.Result($"API        {url}{Routes.Version[..3]}");
        session.Terminal.Result($"OpenAPI    {url}/openapi/v1.json");
        session.Terminal.Result($"Dashboard  {server.Dashboard ?? $"{url}/dashboard"}");
        session.Terminal.Result($"Metrics    {url}/metrics");
        session.Terminal.Result($"Store      {settings.Store}");
        session.Terminal.Result($"Process    {server.ProcessId}");
        session.Terminal.Note($"Ready. Next: ptune run examples/fashion-transfer.yaml{(settings.Port is null or 0 ? $" --server {url}" : "")}");
    }
}
