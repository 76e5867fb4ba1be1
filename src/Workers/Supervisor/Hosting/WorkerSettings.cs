using Microsoft.Extensions.Configuration;
using Ptune.Messaging;

namespace Ptune.Supervisor.Hosting;

/// <summary>The whole configuration of a worker's process: appsettings.json, then variables with the prefix PTUNE_.</summary>
internal sealed record WorkerSettings(WorkerOptions Worker, HubOptions Hub, ClusterOptions Cluster, StoreOptions Store, MessagingOptions Messaging)
{
    public const string Prefix = "PTUNE_";

    /// <exception cref="SettingsException">It cannot be used; all mistakes at once.</exception>
    public static WorkerSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var settings = new WorkerSettings(
            Section<WorkerOptions>(configuration, WorkerOptions.Section, problems),
            Section<HubOptions>(configuration, HubOptions.Section, problems),
            Section<ClusterOptions>(configuration, ClusterOptions.Section, problems),
            Section<StoreOptions>(configuration, StoreOptions.Section, problems),
            Section<MessagingOptions>(configuration, "Messaging", problems, new MessagingOptions { Transport = MessagingTransport.RabbitMq }));
        problems.AddRange(settings.Worker.Problems());
        problems.AddRange(settings.Cluster.Problems());
        problems.AddRange(settings.Store.Problems(hasGateways: settings.Cluster.Gateways is not null));
        problems.AddRange(settings.Messaging.Problems());
        if (settings.Messaging.Transport == MessagingTransport.Memory)
            problems.Add("Messaging:Transport is Memory, which does not reach other processes; a worker process needs RabbitMq.");
        return problems.Count == 0 ? settings : throw new SettingsException(problems);
    }

    private static T Section<T>(IConfiguration configuration, string name, List<string> problems, T? defaults = null)
        where T : class, new()
    {
        var section = configuration.GetSection(name);
        var value = defaults ?? new T();
        foreach (var given in section.GetChildren())
        {
            var property = Array.Find(typeof(T).GetProperties(), p => p.Name.Equals(given.Key, StringComparison.OrdinalIgnoreCase) && p.CanWrite);
            if (property is null)
            {
                problems.Add($"{name}:{given.Key} is not a setting. Known settings: {string.Join(", ", typeof(T).GetProperties().Where(p => p.CanWrite).Select(p => p.Name))}.");
                continue;
            }
            try
            {
                property.SetValue(value, given.Get(property.PropertyType));
            }
            catch (InvalidOperationException e)
            {
                problems.Add($"{name}:{given.Key} is '{given.Value}': {(e.InnerException ?? e).Message}");
            }
        }
        return value;
    }
}
