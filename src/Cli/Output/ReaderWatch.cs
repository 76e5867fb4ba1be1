namespace Ptune.Cli.Output;

/// <summary>Detects that nobody reads a stream any more, even while nothing is written to it.</summary>
internal static class ReaderWatch
{
    /// <summary>Calls <paramref name="left"/> once the last reader of a pipe has left, or the terminal is gone. Never for a file.</summary>
    public static void Start(int descriptor, Action left)
    {
        if (!Descriptors.IsInherited(descriptor)) return;
        new Thread(() =>
        {
            // Without wanted events, poll(2) returns on errors and hang-ups alone.
            if (Descriptors.Wait(descriptor, 0) != 0) left();
        })
        { IsBackground = true, Name = "reader" }.Start();
    }
}
