using System.Globalization;
using Ptune.Contracts.Identity;

namespace Ptune.WebConsole.Figures;

/// <summary>What a tenant may have, as it is typed into a form. What cannot be read stays as it was typed.</summary>
/// <param name="Budget">As the others without a limit: empty.</param>
/// <param name="Pools">As the other lists: names with commas between, or <see cref="All"/>, or <see cref="None"/>.</param>
/// <param name="Seen">The version of the tenant that was changed: its time of change, in ticks.</param>
public sealed record TenantForm(string Weight, string MaxRunning, string MaxQueued, string Budget, string Pools, string Models, string Licences, string Seen)
{
    public const string All = "all";
    public const string None = "none";

    private const int LongestField = 25_000;

    public static TenantForm Of(TenantView tenant) => new(
        Text(tenant.Settings.Weight), Text(tenant.Settings.MaxRunning), Text(tenant.Settings.MaxQueued), Text(tenant.Settings.Budget),
        Text(tenant.Settings.Pools), Text(tenant.Settings.Models), Text(tenant.Settings.Licences), SeenOf(tenant));

    public static TenantForm Of(IFormCollection form)
    {
        return new TenantForm(Field("weight"), Field("maxRunning"), Field("maxQueued"), Field("budget"), Field("pools"), Field("models"), Field("licences"), Field("seen"));

        string Field(string name) => form[name].ToString() is { Length: <= LongestField } text ? text.Trim() : "";
    }

    public static string SeenOf(TenantView tenant) => tenant.Updated.UtcTicks.ToString(CultureInfo.InvariantCulture);

    /// <summary>The fields of a form that asks once more.</summary>
    public IReadOnlyList<(string Name, string Value)> Fields =>
        [("weight", Weight), ("maxRunning", MaxRunning), ("maxQueued", MaxQueued), ("budget", Budget), ("pools", Pools), ("models", Models), ("licences", Licences), ("seen", Seen)];

    /// <summary>The settings; or what is wrong. That they are in their ranges is for the server to say.</summary>
    public (TenantSettings? Settings, string? Problem) Read()
    {
        var problem = Wrong("Weight", Weight, isCount: false, mayBeEmpty: false) ?? Wrong("Running at most", MaxRunning, isCount: true) ?? Wrong("Queued at most", MaxQueued, isCount: true)
            ?? Wrong("Budget", Budget, isCount: false) ?? Wrong("Pools", Pools) ?? Wrong("Models", Models) ?? Wrong("Licences", Licences);
        return problem is not null ? (null, problem) : (new TenantSettings(Number(Weight)!.Value, (int?)Number(MaxRunning), (int?)Number(MaxQueued), List(Pools), List(Models), List(Licences), Number(Budget)), null);
    }

    /// <summary>What changes, a line each.</summary>
    public static string[] Changes(TenantSettings before, TenantSettings after) =>
    [
        .. new[]
        {
            Change("weight", Text(before.Weight), Text(after.Weight)), Change("running at most", Shown(before.MaxRunning), Shown(after.MaxRunning)), Change("queued at most", Shown(before.MaxQueued), Shown(after.MaxQueued)),
            Change("budget", Shown(before.Budget), Shown(after.Budget)), Change("pools", Text(before.Pools), Text(after.Pools)), Change("models", Text(before.Models), Text(after.Models)),
            Change("licences", Text(before.Licences), Text(after.Licences)),
        }.OfType<string>(),
    ];

    /// <summary>Whether somebody may do less than before: a limit is lower, or new, or a list lacks something.</summary>
    public static bool Takes(TenantSettings before, TenantSettings after) =>
        Lower(before.MaxRunning, after.MaxRunning) || Lower(before.MaxQueued, after.MaxQueued) || Lower(before.Budget, after.Budget)
        || Lacks(before.Pools, after.Pools) || Lacks(before.Models, after.Models) || Lacks(before.Licences, after.Licences);

    /// <summary>The same for the client.</summary>
    public static string Command(string name, TenantSettings settings) => string.Join(' ', new[]
    {
        $"ptune tenants set {name} --weight {Text(settings.Weight)} --max-running {settings.MaxRunning ?? 0} --max-queued {settings.MaxQueued ?? 0} --budget {(settings.Budget is { } hours ? Text(hours) : None)}",
        Options("--pool", settings.Pools), Options("--model", settings.Models), Options("--licence", settings.Licences),
    }.Where(part => part.Length > 0));

    private static string Options(string option, string[]? words) => words is null or [] ? $"{option} {(words is null ? All : None)}" : string.Join(' ', words.Select(word => $"{option} {ShellWord.Quoted(word)}"));

    private static string? Change(string what, string before, string after) => before == after ? null : $"{what}: {before} becomes {after}";

    private static bool Lower(double? before, double? after) => after is { } limit && !(before <= limit);

    private static bool Lacks(string[]? before, string[]? after) => after is not null && (before is null || before.Except(after).Any());

    private static string? Wrong(string label, string text, bool isCount, bool mayBeEmpty = true)
    {
        if (text.Length == 0) return mayBeEmpty ? null : $"{label} is missing.";
        if (Number(text) is not { } number || (isCount && (number != Math.Floor(number) || number > int.MaxValue))) return $"{label} is '{text}'; write {(isCount ? "a whole number" : "a number")}{(mayBeEmpty ? ", or nothing for no limit" : "")}.";
        return null;
    }

    private static string? Wrong(string label, string text) => text.Length == 0 ? $"{label} is empty; write names with commas between, '{All}' or '{None}'." : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static string[]? List(string text) => text switch
    {
        All => null,
        None => [],
        _ => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct()],
    };

    private static string Text(double? number) => number is { } value ? value.ToString("0.#########", CultureInfo.InvariantCulture) : "";

    private static string Text(string[]? words) => words switch
    {
        null => All,
        [] => None,
        _ => string.Join(", ", words),
    };

    private static string Shown(double? number) => number is null ? "no limit" : Text(number);
}
