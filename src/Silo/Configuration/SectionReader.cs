using System.Collections;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Silo.Configuration;

/// <summary>
/// Reads one section into its options and reports everything that is wrong: unknown keys, wrong types, values out of range. The
/// framework's binder would stop at the first wrong type and pass over unknown keys.
/// </summary>
internal static class SectionReader
{
    public static void Fill<TOptions>(TOptions options, IConfiguration configuration, string section, List<SettingProblem> problems) where TOptions : class =>
        FillFrom(options, configuration.GetSection(section), section, problems);

    private static void FillFrom(object options, IConfigurationSection values, string section, List<SettingProblem> problems)
    {
        var properties = options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.SetMethod is { IsPublic: true }).ToArray();
        foreach (var child in values.GetChildren())
        {
            var property = Array.Find(properties, p => p.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (property is null)
                problems.Add(Unknown($"{section}:{child.Key}", section, child.Key, properties.Select(p => p.Name)));
            else
                Set(options, property, child, $"{section}:{property.Name}", problems);
        }
    }

    public static SettingProblem Unknown(string key, string section, string word, IEnumerable<string> known)
    {
        var names = known.Order(StringComparer.Ordinal).ToArray();
        var prefix = section.Length == 0 ? "" : $"{section}:";
        return new SettingProblem(key, "Unknown setting.", Nearest.Of(word, names) is { } near
            ? $"Did you mean {SettingProblem.VariableOf(prefix + near)}?"
            : $"Known: {string.Join(", ", names.Select(n => SettingProblem.VariableOf(prefix + n)))}.");
    }

    public static void Set(object options, PropertyInfo property, IConfigurationSection value, string key, List<SettingProblem> problems)
    {
        // An empty variable is how shells and manifests say "not set".
        if (string.IsNullOrEmpty(value.Value) && !value.GetChildren().Any()) return;
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (property.GetValue(options) is IDictionary entries)
        {
            foreach (var child in value.GetChildren()) Add(entries, type.GetGenericArguments()[1], child, $"{key}:{child.Key}", problems);
            return;
        }
        try
        {
            property.SetValue(options, type == typeof(string[]) ? Items(value) : Convert(type, value.Value!));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException or InvalidOperationException)
        {
            problems.Add(new SettingProblem(key, $"{Shown(property, value.Value)} is {Expectation(type)}", Example(type)));
            return;
        }
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            var current = property.GetValue(options);
            if (!rule.IsValid(current)) problems.Add(new SettingProblem(key, $"'{current}' cannot be used.", Bounds(rule)));
        }
    }

    /// <summary>An entry under a name that the user chose: a text, or a section of its own.</summary>
    private static void Add(IDictionary entries, Type type, IConfigurationSection value, string key, List<SettingProblem> problems)
    {
        if (type == typeof(string))
        {
            entries[value.Key] = value.Value ?? "";
            return;
        }
        var entry = Activator.CreateInstance(type)!;
        FillFrom(entry, value, key, problems);
        entries[value.Key] = entry;
    }

    /// <summary>Secrets stay out of logs, also when they are wrong.</summary>
    private static string Shown(PropertyInfo property, string? text) =>
        property.PropertyType == typeof(Uri) || property.Name is "Uri" or "Token" or "ConnectionString" or "Password" or "ClientSecret" ? "The text (not shown here)" : $"'{text}'";

    private static object Convert(Type type, string text)
    {
        if (type == typeof(string)) return text;
        if (type == typeof(TimeSpan)) return TimeSpan.ParseExact(text, ["c", "g", @"h\:mm\:ss"], CultureInfo.InvariantCulture);
        if (type.IsEnum) return EnumValue(type, text);
        return TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text)!;
    }

    private static object EnumValue(Type type, string text) =>
        Enum.GetNames(type).Any(n => n.Equals(text, StringComparison.OrdinalIgnoreCase)) ? Enum.Parse(type, text, ignoreCase: true) : throw new FormatException();

    private static string[] Items(IConfigurationSection value) =>
        value.Value?.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [.. value.GetChildren().Select(c => c.Value ?? "")];

    private static string Expectation(Type type) => type switch
    {
        _ when type.IsEnum => "none of the choices.",
        _ when type == typeof(TimeSpan) => "no time span.",
        _ when type == typeof(bool) => "neither true nor false.",
        _ when type == typeof(Uri) => "no address.",
        _ when type == typeof(double) => "no number.",
        _ => "no whole number.",
    };

    private static string Example(Type type) => type switch
    {
        _ when type.IsEnum => $"Write one of {string.Join(", ", Enum.GetNames(type).Select(n => char.ToLowerInvariant(n[0]) + n[1..]))}.",
        _ when type == typeof(TimeSpan) => "Write hours:minutes:seconds, as 0:00:30.",
        _ when type == typeof(bool) => "Write true or false.",
        _ => "Write it in digits.",
    };

    private static string Bounds(ValidationAttribute rule) => rule switch
    {
        RangeAttribute range => $"It lies between {range.Minimum} and {range.Maximum}.",
        _ => rule.ErrorMessage ?? rule.FormatErrorMessage("It"),
    };
}
