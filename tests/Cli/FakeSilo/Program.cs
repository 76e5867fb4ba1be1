using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ptune.Cli.FakeSilo;

// Stands in for the server's program: the same --announce, the same variables, the same end on SIGTERM.
var folder = Environment.GetEnvironmentVariable("PTUNE_Storage__Folder")!;
if (Environment.GetEnvironmentVariable("FAKE_REFUSAL") is { Length: > 0 } refusal)
{
    Console.Error.WriteLine(refusal);
    return 2;
}
// As the server does: one on a store, with an exit code of its own for the second.
FileStream held;
try
{
    held = new FileStream(Path.Combine(folder, "fake.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
catch (IOException)
{
    Console.Error.WriteLine($"The store in '{folder}' is in use by another process.");
    return 3;
}
using var kept = held;
var scenario = Enum.Parse<Scenario>(Environment.GetEnvironmentVariable("FAKE_SCENARIO") ?? nameof(Scenario.Complete));
await using var server = await FakeServer.StartAsync(scenario, folder);
var stopped = new TaskCompletionSource();
using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stopped.TrySetResult();
});
var started = File.ReadAllText("/proc/self/stat").Split(") ")[1].Split(' ')[19];
var line = JsonSerializer.Serialize(new { url = server.Url, pid = Environment.ProcessId, dashboard = server.Url + "/dashboard", instance = FakeServer.Instance, startTime = long.Parse(started, CultureInfo.InvariantCulture) });
var announce = args[Array.IndexOf(args, "--announce") + 1];
File.WriteAllText(Path.Combine(folder, "server.json"), line);
File.WriteAllText(announce + ".partial", line);
File.Move(announce + ".partial", announce);
Console.Error.WriteLine("the server's own log");
if (Environment.GetEnvironmentVariable("FAKE_CRASH") is { Length: > 0 })
{
    await server.Followed;
    return 7;
}
await stopped.Task;
File.Delete(Path.Combine(folder, "server.json"));
File.WriteAllText(Path.Combine(folder, "stopped"), string.Join('\n', server.Requests.Append($"executors {Environment.GetEnvironmentVariable("PTUNE_Worker__Executors")}")));
return 0;
