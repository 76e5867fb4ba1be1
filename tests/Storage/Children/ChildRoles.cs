namespace Ptune.Storage.Tests.Children;

/// <summary>What the child processes do.</summary>
internal static class ChildRoles
{
    public const string Hold = "hold";
    public const string Open = "open";
    public const string Write = "write";
    public const string Fill = "fill";

    public static Task<int> RunAsync(string role, string folder) => role switch
    {
        Hold => HoldingChild.RunAsync(folder),
        Open => OpeningChild.RunAsync(folder),
        Write => WritingChild.RunAsync(folder),
        Fill => FillingChild.RunAsync(folder),
        _ => throw new ArgumentException($"No role {role}."),
    };

    /// <summary>A line for the test, at once.</summary>
    public static void Say(string line)
    {
        Console.Out.Write(line + "\n");
        Console.Out.Flush();
    }
}
