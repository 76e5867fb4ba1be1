using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Ptune.Audit.Bench;
using Ptune.Fixtures;
using Ptune.Fixtures.Processes;
using Ptune.Fixtures.Servers;

// What the audit trail costs a submit: bench/audit/run [jobs] [rounds]
var jobs = args.Length > 0 ? int.Parse(args[0]) : 2000;
var rounds = args.Length > 1 ? int.Parse(args[1]) : 7;

using var folder = new TemporaryFolder();
Console.WriteLine($"{Environment.ProcessorCount} cores, {jobs} submits a round, 16 at a time, {rounds} rounds in turns: median (min, max)");
var ports = FreePorts.Take(2);
var own = new Dictionary<string, string>
{
    ["PTUNE_Http__Urls"] = "http://127.0.0.1:0",
    ["PTUNE_Orleans__SiloPort"] = $"{ports[0]}",
    ["PTUNE_Orleans__GatewayPort"] = $"{ports[1]}",
};
await MeasureAsync("embedded (SQLite)", new(own) { ["PTUNE_Storage__Folder"] = Path.Combine(folder.Location, "store"), ["PTUNE_Worker__Executors"] = "0" },
    client => client.UseLocalhostClustering(ports[1], "ptune", "ptune"));

await using var azurite = await AzuriteServer.StartAsync();
await using var rabbit = await RabbitMqServer.StartAsync();
await MeasureAsync("cluster of one silo (RabbitMQ, Azurite)", new(own)
{
    ["PTUNE_Mode"] = "cluster",
    ["PTUNE_Storage__ConnectionString"] = azurite.ConnectionString,
    ["PTUNE_Messaging__Transport"] = "rabbitmq",
    ["PTUNE_Messaging__Uri"] = rabbit.Address.ToString(),
}, client =>
{
    client.Configure<Orleans.Configuration.ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = ("ptune", "ptune"));
    client.UseAzureStorageClustering(clustering => clustering.TableServiceClient = new TableServiceClient(azurite.ConnectionString));
});

async Task MeasureAsync(string name, Dictionary<string, string> settings, Action<IClientBuilder> connect)
{
    var announcement = Path.Combine(folder.Location, $"{Guid.NewGuid():n}.json");
    await using var silo = Ptune.Fixtures.Processes.Program.Start("Silo", "Ptune.Silo.dll", ["--announce", announcement], settings);
    await Eventually.IsTrueAsync("the silo announces itself", () => File.Exists(announcement) || silo.HasExited);
    var builder = Host.CreateEmptyApplicationBuilder(null);
    builder.Services.AddLogging();
    builder.UseOrleansClient(connect);
    using var client = builder.Build();
    await client.StartAsync();
    using var process = System.Diagnostics.Process.GetProcessById(silo.Id);
    await new Submits(client.Services.GetRequiredService<IGrainFactory>(), process).ReportAsync(name, jobs, rounds);
    await client.StopAsync();
}
