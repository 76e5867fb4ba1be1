using Ptune.Contracts.Http;
using Ptune.Contracts.Identity;
using Ptune.Silo.Configuration;
using Ptune.Silo.Security;

namespace Ptune.Silo.Keys;

/// <summary>What <c>Ptune.Silo keys create</c> was told.</summary>
/// <param name="Request">The key that is wanted; null: something is wrong.</param>
/// <param name="IsJson">Whether the key's details are wanted with it.</param>
/// <param name="Server">What is left: the settings, as a server takes them.</param>
internal sealed record KeysCommandLine(ApiKeyRequest? Request, bool IsJson, CommandLine Server, IReadOnlyList<string> Problems)
{
    private static readonly string[] Options = ["--role", "--tenant", "--name", "--expires"];

    public static bool IsMeant(IReadOnlyList<string> arguments) => arguments.Count > 0 && arguments[0] == "keys";

    public static KeysCommandLine Parse(IReadOnlyList<string> arguments)
    {
        var problems = new List<string>();
        var given = new Dictionary<string, string>();
        var rest = new List<string>();
        var json = false;
        if (arguments.Count < 2 || arguments[1] != "create") problems.Add("Write keys create; the other commands on keys ask a server.");
        for (var i = 2; i < arguments.Count; i++)
        {
            (string name, string? value) = arguments[i].Split('=', 2) is [var before, var after] ? (before, after) : (arguments[i], null);
            if (name == "--json") json = true;
            else if (!Options.Contains(name)) rest.Add(arguments[i]);
            else if ((value ?? (i + 1 < arguments.Count ? arguments[++i] : null)) is { } text) given[name] = text;
            else problems.Add($"{name}: its value is missing.");
        }
        var server = CommandLine.Parse(rest);
        problems.AddRange(server.Problems.Select(problem => $"{problem.Key}: {problem.Message} {problem.Fix}"));
        if (!Enum.TryParse<Role>(given.GetValueOrDefault("--role"), ignoreCase: true, out var role) || !Enum.IsDefined(role))
        {
            problems.Add($"--role: write one of {string.Join(", ", Enum.GetNames<Role>().Select(name => name.ToLowerInvariant()))}.");
            return new KeysCommandLine(null, json, server, problems);
        }
        var request = new ApiKeyRequest(role, given.GetValueOrDefault("--tenant"), given.GetValueOrDefault("--name"), given.GetValueOrDefault("--expires"));
        if (ApiKeyRules.Problem(request) is { } wrong) problems.Add(wrong);
        return new KeysCommandLine(request, json, server, problems);
    }
}
