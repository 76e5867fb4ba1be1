using Ptune.Contracts.Specs.Reading;
using Ptune.Supervisor;
using Ptune.Supervisor.Hosting;

namespace Ptune.Silo.Configuration;

/// <summary>From appsettings.json, PTUNE_ variables and the command line to settings, or to everything that is wrong with them.</summary>
internal static class SettingsLoader
{
    /// <summary>What is read from outside our sections: the framework's own.</summary>
    private static readonly string[] Foreign = ["Logging"];

    private static readonly string[] Sections = ["Http", "Orleans", "Storage", "Messaging", "Jobs", "Worker", "Hub", "Audit", "Data", "Access"];

    public static IConfiguration Sources(CommandLine arguments) => new ConfigurationBuilder()
        .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true, reloadOnChange: false)
        .AddInMemoryCollection(SecretFiles.Read(Environment.GetEnvironmentVariables(), "PTUNE_"))
        .AddInMemoryCollection(arguments.Settings)
        .Build();

    public static (ServerSettings Settings, IReadOnlyList<SettingProblem> Problems) Load(IConfiguration configuration)
    {
        var problems = new List<SettingProblem>();
        var server = ReadServer(configuration, problems);
        var settings = new ServerSettings(
            server.Mode,
            Section(configuration, "Http", new HttpOptionsValidator(), problems),
            Section(configuration, "Orleans", new OrleansOptionsValidator(server.Mode), problems),
            Section(configuration, "Storage", new StorageOptionsValidator(server.Mode), problems),
            Section(configuration, "Messaging", new MessagingValidator(server.Mode), problems),
            Section(configuration, "Jobs", new JobsValidator(), problems),
            Section(configuration, "Worker", new WorkerValidator(server.Mode), problems),
            Section(configuration, HubOptions.Section, new HubValidator(), problems),
            Section(configuration, "Audit", new AuditOptionsValidator(), problems),
            Section(configuration, "Data", new DataValidator(), problems),
            Section(configuration, "Access", new AccessValidator(), problems));
        return (settings, problems);
    }

    private static TOptions Section<TOptions>(IConfiguration configuration, string name, ISectionValidator<TOptions> validator, List<SettingProblem> problems) where TOptions : class, new()
    {
        var options = new TOptions();
        SectionReader.Fill(options, configuration, name, problems);
        problems.AddRange(validator.Validate(options).Where(p => !problems.Any(known => known.Key == p.Key)));
        return options;
    }

    /// <summary>
    /// A variable such as PTUNE_SERVER belongs to the client and says nothing about us; one with a section in it (PTUNE_Htpp__Urls) is meant for
    /// us, and an unknown section is a mistake.
    /// </summary>
    private static ServerOptions ReadServer(IConfiguration configuration, List<SettingProblem> problems)
    {
        var options = new ServerOptions();
        foreach (var child in configuration.GetChildren())
        {
            if (child.Key.Equals(nameof(ServerOptions.Mode), StringComparison.OrdinalIgnoreCase))
                SectionReader.Set(options, typeof(ServerOptions).GetProperty(nameof(ServerOptions.Mode))!, child, nameof(ServerOptions.Mode), problems);
            else if (!Sections.Concat(Foreign).Contains(child.Key, StringComparer.OrdinalIgnoreCase) && child.GetChildren().FirstOrDefault() is { } inner)
                problems.Add(UnknownSection(child.Key, inner.Key));
        }
        return options;
    }

    private static SettingProblem UnknownSection(string section, string key) => new(
        $"{section}:{key}",
        "Unknown section.",
        Nearest.Of(section, Sections) is { } near ? $"Did you mean {SettingProblem.VariableOf($"{near}:{key}")}?" : $"Sections: {string.Join(", ", Sections)}.");
}
