using System.CommandLine;
using Ptune.Cli.CommandLine;
using Ptune.Cli.Output;
using Ptune.Contracts.Specs.Reading;

namespace Ptune.Cli.Commands;

/// <summary><c>ptune schema</c>: the JSON Schema of specs.</summary>
internal static class SchemaCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("schema", "Prints the JSON Schema of specs. With it, editors complete keys and mark mistakes.");
        command.SetAction(parsed =>
        {
            var schema = SpecSchema.Create();
            // A schema is JSON; a table of it would be useless.
            if (parsed.GetValue(GlobalOptions.Output) == OutputFormat.Yaml) session.Terminal.Write(OutputFormat.Yaml, schema, _ => { });
            else session.Terminal.Document(SpecSchema.Text(schema) + "\n");
            return ExitCode.Done;
        });
        return command.WithExamples(
            "ptune schema > spec.schema.json",
            "# then, as the first line of a spec: # yaml-language-server: $schema=spec.schema.json");
    }
}
