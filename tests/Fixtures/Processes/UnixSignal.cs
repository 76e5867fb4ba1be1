namespace Ptune.Fixtures.Processes;

/// <summary>The signals that tests send, with Linux's numbers.</summary>
public enum UnixSignal
{
    /// <summary>Ctrl-C.</summary>
    Interrupt = 2,

    /// <summary>Dies at once: a crash, or the out-of-memory killer.</summary>
    Kill = 9,

    /// <summary>A polite request to end.</summary>
    Terminate = 15,

    /// <summary>Wakes a stopped process.</summary>
    Continue = 18,

    /// <summary>Hangs the process, its connections open.</summary>
    Stop = 19,
}
