using Ptune.Executor;
using Ptune.Protocol;

return await ExecutorProgram.RunAsync(events => new TorchExecutor(events));
