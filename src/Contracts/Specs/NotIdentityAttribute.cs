namespace Ptune.Contracts.Specs;

/// <summary>Marks what does not decide a job's result and so is no part of its id: names, places, scheduling.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotIdentityAttribute : Attribute;
