using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Ptune.Storage.Embedded;

/// <summary>Shorthand for statements and their parameters.</summary>
internal static class SqliteCommands
{
    /// <param name="connection">Where it runs.</param>
    /// <param name="text">The statement, with parameters <c>$name</c>; never with values in it.</param>
    /// <param name="parameters">The parameters' names, without the <c>$</c>, and values.</param>
    [SuppressMessage("Security", "CA2100", Justification = "Every caller's text is a constant of this assembly.")]
    public static SqliteCommand Command(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue("$" + name, value ?? DBNull.Value);
        return command;
    }

    /// <returns>How many rows changed.</returns>
    public static long Execute(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(text, parameters);
        return command.ExecuteNonQuery();
    }

    public static long Scalar(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = connection.Command(text, parameters);
        return (long)command.ExecuteScalar()!;
    }
}
