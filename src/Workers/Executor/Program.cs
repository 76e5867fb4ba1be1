using Ptune.Executor;
using Ptune.Executor.Commands;
using Ptune.Protocol;

DecidingVariables.Unset();

// Without arguments a supervisor has started it; with some, a client that runs a command on files.
return args.Length == 0 ? await ExecutorProgram.RunAsync(events => new TorchExecutor(events)) : await CommandProgram.RunAsync(args);
