using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace ScalarRestore.Sandbox.Aws.Rds.Postgres;

/// <summary>A connection of the administrator's over the Unix socket, as much of PostgreSQL's protocol (version 3.0) as that takes. It
/// spares the sandbox a client library and the start of psql.</summary>
internal sealed class PostgresSession : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly NetworkStream _stream;

    private PostgresSession(string path)
    {
        try
        {
            _socket.Connect(new UnixDomainSocketEndPoint(path));
            _stream = new NetworkStream(_socket);
        }
        catch
        {
            _socket.Dispose();
            throw;
        }
    }

    /// <summary>Connects. A server that is not up yet is an exception: of sockets, or PostgreSQL's own.</summary>
    public static async Task<PostgresSession> ConnectAsync(string path, string user, string database, CancellationToken cancellationToken)
    {
        var session = new PostgresSession(path);
        try
        {
            var body = new byte[4 + Encoding.UTF8.GetByteCount($"user.{user}.database.{database}..")];
            BinaryPrimitives.WriteInt32BigEndian(body, 3 << 16);
            Encoding.UTF8.GetBytes($"user\0{user}\0database\0{database}\0\0", body.AsSpan(4));
            await session.SendAsync(type: null, body, cancellationToken);
            await session.ReceiveAsync(cancellationToken);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Runs SQL and answers the first value that it yields; null where it yields none.</summary>
    public async Task<string?> QueryAsync(string sql, CancellationToken cancellationToken)
    {
        await SendAsync((byte)'Q', Encoding.UTF8.GetBytes(sql + "\0"), cancellationToken);
        return await ReceiveAsync(cancellationToken);
    }

    public void Dispose()
    {
        _stream.Dispose();
        _socket.Dispose();
    }

    private async Task SendAsync(byte? type, byte[] body, CancellationToken cancellationToken)
    {
        var head = type is null ? 0 : 1;
        var message = new byte[head + 4 + body.Length];
        if (type is { } letter)
            message[0] = letter;

        BinaryPrimitives.WriteInt32BigEndian(message.AsSpan(head), body.Length + 4);
        body.CopyTo(message, head + 4);
        await _stream.WriteAsync(message, cancellationToken);
    }

    // Reads until the server is ready for the next query.
    private async Task<string?> ReceiveAsync(CancellationToken cancellationToken)
    {
        string? value = null;
        string? error = null;
        var head = new byte[5];
        while (true)
        {
            try
            {
                await _stream.ReadExactlyAsync(head, cancellationToken);
            }
            catch (EndOfStreamException e)
            {
                // A refused connection is closed right after the error.
                throw new PostgresException(error ?? "The server has closed the connection.", e);
            }

            var body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(1)) - 4];
            await _stream.ReadExactlyAsync(body, cancellationToken);
            switch ((char)head[0])
            {
                case 'R' when BinaryPrimitives.ReadInt32BigEndian(body) != 0:
                    throw new PostgresException("The server asks the administrator for a password.");
                case 'D' when BinaryPrimitives.ReadInt16BigEndian(body) > 0 && BinaryPrimitives.ReadInt32BigEndian(body.AsSpan(2)) is >= 0 and var length:
                    value ??= Encoding.UTF8.GetString(body, 6, length);
                    break;
                case 'E':
                    error = ErrorMessage(body);
                    break;
                case 'Z':
                    return error is null ? value : throw new PostgresException(error);
            }
        }
    }

    // Fields of a letter and a text that ends with zero; M is the message.
    private static string ErrorMessage(byte[] body) =>
        Encoding.UTF8.GetString(body).Split('\0').FirstOrDefault(f => f.StartsWith('M'))?[1..] ?? "unknown error";
}
