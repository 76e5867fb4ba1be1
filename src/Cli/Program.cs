using Ptune.Cli;
using Ptune.Cli.CommandLine;

return await CommandTree.InvokeAsync(args, new Session());
