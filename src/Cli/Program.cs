using Ptune.Cli;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;

StandardStreams.Install();
return await CommandTree.InvokeAsync(args, new Session());
