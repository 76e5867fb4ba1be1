using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ptune.Contracts.Specs;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Contracts.Sweeps;

/// <summary>A single value inside a job, by its path: <c>recipe.learningRate</c>.</summary>
internal sealed class JobPath
{
    private readonly object _holder;
    private readonly JsonPropertyInfo _property;

    private JobPath(object holder, JsonPropertyInfo property) => (_holder, _property) = (holder, property);

    private Type Type => Nullable.GetUnderlyingType(_property.PropertyType) ?? _property.PropertyType;

    public bool IsWhole => Type == typeof(int) || Type == typeof(long);

    public bool IsNumber => IsWhole || Type == typeof(double);

    /// <summary>False where the value does not affect what is computed: all trials would be the same.</summary>
    public bool IsIdentity => !_property.AttributeProvider!.IsDefined(typeof(NotIdentityAttribute), inherit: true);

    /// <summary>The value's place, or what is wrong with the path and what to do.</summary>
    public static (JobPath? Path, string? Problem, string? Fix) Find(JobSpec job, string path)
    {
        object at = job;
        var steps = path.Split('.');
        for (var i = 0; ; i++)
        {
            var known = SpecJson.Options.GetTypeInfo(at.GetType()).Properties;
            if (known.FirstOrDefault(p => p.Name == steps[i]) is not { } property)
            {
                var near = Nearest.Of(steps[i], known.Select(p => p.Name));
                var whole = string.Join('.', steps.Take(i).Append(near));
                return (null, $"The job has no {Shown.Name(path)}.", near is not null ? $"Did you mean '{whole}'?" : $"Known there: {string.Join(", ", known.Select(p => p.Name).Order(StringComparer.Ordinal))}.");
            }
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (Scalars.Knows(type))
            {
                return i == steps.Length - 1 ? (new JobPath(at, property), null, null)
                    : (null, $"{Shown.Name(string.Join('.', steps.Take(i + 1)))} is a single value; it has no {Shown.Name(steps[i + 1])}.", "Name the value itself.");
            }
            if (i == steps.Length - 1 || type.IsArray || type.IsGenericType) return (null, $"{Shown.Name(path)} is not a single value.", Parts(path, type));
            if (property.Get!(at) is not { } next) return (null, $"The job has no {Shown.Name(string.Join('.', steps.Take(i + 1)))}.", "Give it in the job, so that a part of it can be varied.");
            at = next;
        }
    }

    /// <summary>What has to be there instead of the value, by itself; null when it will do.</summary>
    public string? Refusal(SweepValue value)
    {
        if (Scalars.Parse(Type, Node(value)) is not { } node) return Scalars.Expected(Type);
        return _property.AttributeProvider!.GetCustomAttributes(typeof(ValidationAttribute), true).Cast<ValidationAttribute>()
            .Select(rule => ValueRules.Check(rule, node)?.Expected).FirstOrDefault(expected => expected is not null);
    }

    /// <summary>Puts a value that fits into the very job that the path was found in. Only for a copy that nobody else has.</summary>
    public void Put(SweepValue value) => _property.Set!(_holder, value.ToNode().Deserialize(_property.PropertyType, SpecJson.Options));

    private static ScalarNode Node(SweepValue value) => new(value.ToString(), isPlain: !value.Json.StartsWith('"'));

    private static string Parts(string path, Type type)
    {
        if (type.IsArray || type.IsGenericType) return "Only single values are varied.";
        var parts = SpecJson.Options.GetTypeInfo(type).Properties.Where(p => Scalars.Knows(Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType));
        return $"Vary a part of it: {string.Join(", ", parts.Select(p => $"{path}.{p.Name}"))}.";
    }
}
