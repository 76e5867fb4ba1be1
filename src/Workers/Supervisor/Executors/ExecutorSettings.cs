namespace Ptune.Supervisor.Executors;

/// <summary>What one executor process is started with.</summary>
/// <param name="Path">The executor's program or .dll.</param>
/// <param name="Device">cpu or cuda:N.</param>
internal sealed record ExecutorSettings(string Path, string Device, int Threads);
