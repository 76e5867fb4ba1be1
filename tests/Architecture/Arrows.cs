namespace Ptune.Architecture.Tests;

/// <summary>The arrows of the house: which project may refer to which. What is not written here is forbidden.</summary>
internal static class Arrows
{
    /// <summary>Each project of the product with the projects that it may refer to.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Contracts"] = [],
        ["Grains"] = ["Contracts"],
        ["Templates"] = [],
        ["Learning"] = ["Contracts", "Templates"],
        ["Messaging"] = ["Contracts"],
        ["Storage"] = ["Contracts"],
        ["Protocol"] = ["Contracts"],
        ["Supervisor"] = ["Contracts", "Protocol", "Messaging", "Storage"],
        ["Executor"] = ["Contracts", "Protocol", "Learning", "Templates", "Storage"],
        // The embedded supervisor lives in the silo's process: docs/decisions/0001-embedded-supervisor.md. Protocol has how both write logs and traces.
        ["Silo"] = ["Contracts", "Grains", "Messaging", "Storage", "Supervisor", "Protocol", "WebConsole"],
        // What a chart looks like: the client's reports and the console show the same.
        ["Charts"] = ["Contracts"],
        ["WebConsole"] = ["Contracts", "Charts"],
        ["Cli"] = ["Contracts", "Charts"],
    };

    /// <summary>What only some projects may know, by the beginning of a package's or an assembly's name.</summary>
    public static IReadOnlyDictionary<string, string[]> Reserved { get; } = new Dictionary<string, string[]>
    {
        ["MassTransit"] = ["Messaging"],
        ["RabbitMQ"] = ["Messaging"],
        ["TorchSharp"] = ["Learning", "Executor"],
        ["libtorch"] = ["Learning", "Executor"],
        ["Tokenizers"] = ["Learning"],
        ["Microsoft.Data.Sqlite"] = ["Storage"],
        ["SQLitePCL"] = ["Storage"],
        ["Microsoft.Orleans.Persistence"] = ["Storage"],
        ["Orleans.Persistence"] = ["Storage"],
        ["Azure.Storage"] = ["Storage"],
        // Silos and the workers' Orleans client find each other through a table.
        ["Microsoft.Orleans.Clustering"] = ["Storage", "Silo", "Supervisor"],
        ["Orleans.Clustering"] = ["Storage", "Silo", "Supervisor"],
        ["Azure.Data.Tables"] = ["Storage", "Silo", "Supervisor"],
        ["Azure."] = ["Storage", "Silo", "Supervisor"],
        ["YamlDotNet"] = ["Contracts", "Cli"],
        ["System.CommandLine"] = ["Cli"],
        ["Spectre.Console"] = ["Cli"],
        ["StreamJsonRpc"] = ["Protocol", "Supervisor", "Executor"],
        // Orleans gives the connection that TLS is for in a type of Microsoft.AspNetCore.Connections.Abstractions.
        ["Microsoft.AspNetCore"] = ["Silo", "WebConsole", "Supervisor"],
        ["System.Net.Http"] = ["Cli", "Silo", "Supervisor", "Executor", "Storage", "Messaging"],
    };

    /// <summary>What must not even lie beside a program, because a process that cannot find it cannot load it.</summary>
    public static IReadOnlyDictionary<string, string[]> NeverBeside { get; } = new Dictionary<string, string[]>
    {
        ["Supervisor"] = ["TorchSharp", "LibTorchSharp", "libtorch", "Ptune.Learning", "Ptune.Executor"],
        ["Silo"] = ["TorchSharp", "LibTorchSharp", "libtorch", "Ptune.Learning", "Ptune.Executor"],
        ["Cli"] = ["TorchSharp", "MassTransit", "Azure.", "Microsoft.Data.Sqlite", "Orleans.Runtime", "Ptune.Grains", "Ptune.Silo"],
        ["Grains"] = ["TorchSharp", "MassTransit", "Azure.", "Microsoft.Data.Sqlite"],
    };
}
