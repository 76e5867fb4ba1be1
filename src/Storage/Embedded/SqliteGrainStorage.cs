using System.Globalization;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Ptune.Storage.Embedded;

/// <summary>
/// Grain states in the store's SQLite file, each with a number that grows with every write as its ETag. A cleared state keeps its row
/// and number, so that a stale activation cannot mistake the next state for the one that it knew.
/// </summary>
internal sealed class SqliteGrainStorage(SqliteDatabase database, IGrainStorageSerializer serializer, IActivatorProvider activators) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        using var connection = database.Open();
        using var command = connection.Command(
            "SELECT etag, json FROM grain_states WHERE grain = $grain AND name = $name", ("grain", grainId.ToString()), ("name", stateName));
        using var row = command.ExecuteReader();
        var found = row.Read();
        grainState.ETag = found ? row.GetInt64(0).ToString(CultureInfo.InvariantCulture) : null!;
        grainState.RecordExists = found && !row.IsDBNull(1);
        grainState.State = grainState.RecordExists ? serializer.Deserialize<T>(new BinaryData(row.GetFieldValue<byte[]>(1))) : New<T>();
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var json = serializer.Serialize(grainState.State).ToArray();
        grainState.ETag = await ReplaceAsync(stateName, grainId, grainState.ETag, json);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // What never was needs no row that says so; but a row that this activation does not know of is a conflict.
        grainState.ETag = grainState.ETag is null && Find(stateName, grainId) is null
            ? null!
            : await ReplaceAsync(stateName, grainId, grainState.ETag, json: null);
        grainState.RecordExists = false;
        grainState.State = New<T>();
    }

    private async Task<string> ReplaceAsync(string name, GrainId grain, string? etag, byte[]? json)
    {
        var known = etag is null ? 0 : long.TryParse(etag, CultureInfo.InvariantCulture, out var number) ? number : -1;
        var changed = await database.WriteAsync(writer => Replace(writer, name, grain.ToString(), known, json));
        if (changed == 1) return (known + 1).ToString(CultureInfo.InvariantCulture);
        var stored = Find(name, grain)?.ToString(CultureInfo.InvariantCulture);
        throw new InconsistentStateException($"The state '{name}' of {grain} was written by another activation.", stored ?? "none", etag ?? "none");
    }

    private static long Replace(SqliteWriter writer, string name, string grain, long known, byte[]? json) => known == 0
        ? writer.Execute(
            "INSERT INTO grain_states (grain, name, etag, json) VALUES ($grain, $name, 1, $json) ON CONFLICT DO NOTHING",
            ("grain", grain), ("name", name), ("json", json))
        : writer.Execute(
            "UPDATE grain_states SET etag = etag + 1, json = $json WHERE grain = $grain AND name = $name AND etag = $known",
            ("grain", grain), ("name", name), ("json", json), ("known", known));

    private long? Find(string name, GrainId grain)
    {
        using var connection = database.Open();
        using var command = connection.Command(
            "SELECT etag FROM grain_states WHERE grain = $grain AND name = $name", ("grain", grain.ToString()), ("name", name));
        return (long?)command.ExecuteScalar();
    }

    private T New<T>() => activators.GetActivator<T>().Create();
}
