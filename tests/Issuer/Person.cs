namespace Ptune.Fixtures.Issuer;

/// <summary>Who is logged in at the issuer.</summary>
public sealed record Person(string Name, params string[] Groups);
