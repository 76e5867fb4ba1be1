using Ptune.FakeExecutor;
using Ptune.Protocol;

return await ExecutorProgram.RunAsync(events => new ScriptedExecutor(events));
