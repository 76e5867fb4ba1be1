namespace Ptune.Contracts.Specs.Reading;

/// <summary>Marks types with kinds of which a kind's word may stand alone for one with its defaults: <c>bare</c> for <c>{ kind: bare }</c>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WordAloneAttribute : Attribute;
