namespace Ptune.Silo.Tests.Support;

/// <summary>Specs that need no data.</summary>
public static class Specs
{
    public static string NoOp(string name, int seed = 1) => $"""
        apiVersion: ptune/v1
        kind: NoOp
        name: {name}
        seed: {seed}
        """;
}
