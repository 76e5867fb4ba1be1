namespace Ptune.Contracts.Specs;

/// <summary>Marks what does not decide a job's result and so does not belong to its id: names, locations, scheduling.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotIdentityAttribute : Attribute;
