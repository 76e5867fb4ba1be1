namespace Ptune.Fixtures.Processes;

/// <summary>Built programs: this clone's, or those of another checkout, which may be of another revision.</summary>
/// <param name="Root">The checkout's folder.</param>
public sealed record Build(string Root)
{
    /// <summary>The clone that the running test was built from.</summary>
    public static Build This { get; } = new(Repository.Root);

    /// <param name="name">The folder below artifacts/bin, as in Silo.</param>
    /// <param name="assembly">The dll there.</param>
    public string PathOf(string name, string assembly) => Path.Combine(Root, "artifacts", "bin", name, "release", assembly);
}
