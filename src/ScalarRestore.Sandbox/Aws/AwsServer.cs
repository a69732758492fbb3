using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using ScalarRestore.Sandbox.Aws.Signing;
using ScalarRestore.Sandbox.Hosting;

namespace ScalarRestore.Sandbox.Aws;

/// <summary>All fake AWS services behind one address: finds the service, checks the signature, and writes answers and errors in its
/// protocol.</summary>
internal sealed class AwsServer(SandboxClock clock, CredentialStore credentials, IReadOnlyList<IAwsService> services) : ICallTarget
{
    private readonly SignatureVerifier _verifier = new(credentials, clock);

    public async ValueTask<CallDescription> DescribeAsync(HttpContext context)
    {
        var request = await AwsRequest.ReadAsync(context.Request);
        context.Response.RegisterForDispose(request);
        context.Features.Set(request);
        return Find(request)?.Describe(request) ?? new CallDescription(request.Target, request.Operation, Resource: null, IsWrite: false);
    }

    public async Task HandleAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<AwsRequest>();
        var service = Find(request);
        var body = new ArrayBufferWriter<byte>(1024);
        try
        {
            if (service is null)
                throw new AwsException("UnknownOperationException", $"The sandbox has no service '{request.Target}'.");

            if (request.Protocol is not AwsProtocol.Query && request.Input.ValueKind is not JsonValueKind.Object)
                throw new AwsException("SerializationException", "The request is no JSON object.");

            var caller = service.IsAnonymous(request.Operation)
                ? new AwsCaller(CredentialStore.DefaultAccount, "us-east-1", "", "")
                : _verifier.Verify(context.Request, request);
            service.Handle(request, caller, body);
            await AwsAnswer.WriteAsync(context, request.Protocol, 200, body.WrittenMemory);
        }
        catch (AwsException e)
        {
            await AwsAnswer.WriteErrorAsync(context, service, request.Protocol, e);
        }
    }

    public Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        var request = context.Features.GetRequiredFeature<AwsRequest>();
        var service = Find(request);
        var code = refusal.Code ?? (refusal.IsThrottle ? service?.ThrottleCode ?? "ThrottlingException" : "InternalServerError");
        var status = refusal.Status ?? (refusal.IsThrottle ? 400 : code.StartsWith("Internal", StringComparison.Ordinal) ? 500 : 400);
        var message = refusal.IsThrottle ? "Rate exceeded"
            : string.Create(CultureInfo.InvariantCulture, $"Injected by the fault plan ({status}).");
        return AwsAnswer.WriteErrorAsync(context, service, request.Protocol, new AwsException(code, message, status));
    }

    private IAwsService? Find(AwsRequest request)
    {
        foreach (var service in services)
        {
            if (string.Equals(
                request.Protocol is AwsProtocol.Query ? service.Name : service.TargetPrefix, request.Target, StringComparison.Ordinal))
                return service;
        }

        return null;
    }
}
