using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace Ptune.Storage.Embedded;

/// <summary>The one connection that writes. A statement is compiled when it is first run, and kept: to compile it took longer than to run it.</summary>
internal sealed class SqliteWriter(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _compiled = new(StringComparer.Ordinal);
    private SqliteTransaction? _transaction;

    /// <summary>Runs <paramref name="work"/> in one transaction, which is on the disk when this returns. Where it throws, nothing is kept.</summary>
    public void Commit(Action work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        _transaction = transaction;
        try
        {
            work();
            transaction.Commit();
        }
        finally
        {
            _transaction = null;
        }
    }

    /// <inheritdoc cref="SqliteCommands.Execute"/>
    public long Execute(string text, params ReadOnlySpan<(string Name, object? Value)> parameters) => Compiled(text, parameters).ExecuteNonQuery();

    /// <inheritdoc cref="SqliteCommands.Scalar"/>
    public long Scalar(string text, params ReadOnlySpan<(string Name, object? Value)> parameters) => (long)Compiled(text, parameters).ExecuteScalar()!;

    public void Dispose()
    {
        foreach (var command in _compiled.Values) command.Dispose();
        connection.Dispose();
    }

    /// <param name="text">As in <see cref="SqliteCommands.Command"/>: one of few, since each is kept.</param>
    /// <param name="parameters">In the same order whenever the text is the same.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "It is kept, and disposed with this.")]
    private SqliteCommand Compiled(string text, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_compiled.TryGetValue(text, out var command)) _compiled[text] = command = connection.Command(text, parameters);
        command.Transaction = _transaction;
        for (var i = 0; i < parameters.Length; i++)
        {
            var parameter = command.Parameters[i];
            if (!parameter.ParameterName.AsSpan(1).SequenceEqual(parameters[i].Name)) throw new InvalidOperationException($"Parameter {i} is ${parameters[i].Name}, and was {parameter.ParameterName} before: {text}");
            parameter.Value = parameters[i].Value ?? DBNull.Value;
        }
        return command;
    }
}
