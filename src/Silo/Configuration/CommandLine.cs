using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Configuration;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Settings">Settings by key, <c>Http:Urls</c>: they win over variables and appsettings.json.</param>
/// <param name="Announce">The file that gets one JSON line when the server is ready; null: none.</param>
internal sealed record CommandLine(IReadOnlyDictionary<string, string?> Settings, string? Announce, bool Help, bool Version, IReadOnlyList<SettingProblem> Problems)
{
    private static readonly string[] Options = ["--announce", "--help", "--version"];

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        var problems = new List<SettingProblem>();
        string? announce = null;
        bool help = false, version = false;
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = Cut(arguments[i]);
            if (name is "--help" or "-h" or "-?") help = true;
            else if (name is "--version") version = true;
            else if (!IsSetting(name) && name != "--announce")
            {
                problems.Add(Unknown(arguments[i], name));
                // What follows is most likely the mistyped option's value, and no second mistake.
                if (IsOption(name) && value is null && i + 1 < arguments.Count && !IsOption(arguments[i + 1])) i++;
            }
            else if ((value ??= i + 1 < arguments.Count ? arguments[++i] : null) is null) problems.Add(new(name, "Its value is missing.", $"Write {name}=VALUE."));
            else if (name == "--announce") announce = value;
            else settings[Key(name)] = value;
        }
        return new CommandLine(settings, announce, help, version, problems);
    }

    private static (string Name, string? Value) Cut(string argument)
    {
        var at = argument.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? (argument, null) : (argument[..at], argument[(at + 1)..]);
    }

    private static string Key(string name) => name[2..].Replace("__", ":", StringComparison.Ordinal);

    private static bool IsOption(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    private static bool IsSetting(string name) =>
        IsOption(name)
        && (Key(name).Contains(':', StringComparison.Ordinal) || Key(name).Equals("Mode", StringComparison.OrdinalIgnoreCase));

    private static SettingProblem Unknown(string argument, string name) => new(
        argument,
        "Unknown option.",
        Nearest.Of(name, [.. Options, "--Mode", "--Http:Urls", "--Http:Token", "--Storage:Folder"]) is { } near ? $"Did you mean {near}?" : "--help lists what there is.");
}
