using System.Net;
using System.Text.RegularExpressions;
using Amazon.Runtime;

namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Turns what the SDK throws into faults that name the thing, the place and the mend.</summary>
internal static partial class AwsFaults
{
    /// <summary>No answer, or one that does not tell whether the work was done.</summary>
    public const string Unreachable = "AwsUnreachable";

    /// <summary>There are no instances of the class left in the zone.</summary>
    public const string CapacityMissing = "AwsCapacityMissing";

    private const string CredentialsMend = "Check it with: aws sts get-caller-identity. Then sign in again, or give another -ProfileName.";

    private static readonly HashSet<string> Throttles = new(StringComparer.Ordinal)
    {
        "Throttling", "ThrottlingException", "ThrottledException", "RequestThrottled", "RequestThrottledException", "RequestLimitExceeded",
        "TooManyRequestsException", "ProvisionedThroughputExceededException", "BandwidthLimitExceeded", "SlowDown", "EC2ThrottledException",
        "ConcurrentUpdateException",
    };

    private static readonly HashSet<string> Denials = new(StringComparer.Ordinal)
    {
        "AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "NotAuthorized",
    };

    private static readonly HashSet<string> BadCredentials = new(StringComparer.Ordinal)
    {
        "UnrecognizedClientException", "InvalidClientTokenId", "ExpiredToken", "ExpiredTokenException", "InvalidSignatureException",
        "SignatureDoesNotMatch", "IncompleteSignature", "IncompleteSignatureException", "MissingAuthenticationToken",
        "MissingAuthenticationTokenException", "RequestExpired", "RequestTimeTooSkewed",
    };

    /// <summary>Whether an exception comes from calling AWS. Others, such as our own and a stop, pass through untouched.</summary>
    public static bool Knows(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AmazonClientException or AmazonServiceException or HttpRequestException or IOException or WebException or TimeoutException => true,
        _ => false,
    };

    /// <summary>The fault for an exception that <see cref="Knows"/> accepted.</summary>
    public static RestoreException From(Exception exception, AwsCall call) => exception switch
    {
        AmazonServiceException { ErrorCode: { Length: > 0 } code } service when (int)service.StatusCode is not 0 => FromService(service, code, call),
        AmazonServiceException { StatusCode: HttpStatusCode.TooManyRequests } service => Throttled(service, call, nameof(HttpStatusCode.TooManyRequests)),
        AmazonUnmarshallingException => NoAnswer(exception, call),
        AmazonServiceException { InnerException: HttpRequestException or IOException or WebException or OperationCanceledException } => NoAnswer(exception.InnerException!, call),
        AmazonServiceException service => QuotesRequest(service) ? Rejected(service.ErrorCode ?? service.StatusCode.ToString(), call) : NoAnswer(service, call),
        AmazonClientException client => FromClient(client, call),
        _ => NoAnswer(exception, call),
    };

    private static RestoreException FromService(AmazonServiceException exception, string code, AwsCall call)
    {
        if (QuotesRequest(exception))
            return Rejected(code, call);
        if (Throttles.Contains(code) || exception.StatusCode == HttpStatusCode.TooManyRequests)
            return Throttled(exception, call, code);
        if ((int)exception.StatusCode >= 500 || exception is AmazonUnmarshallingException)
            return NoAnswer(exception, call, code);
        if (Denials.Contains(code))
            return Denied(exception, call, code);

        var (id, category, mend) = code switch
        {
            "ResourceNotFoundException" or "TableNotFoundException" =>
                ("TableNotFound", FaultCategory.ObjectNotFound, "Check the table's name, the account and the region."),
            "BackupNotFoundException" => ("BackupNotFound", FaultCategory.ObjectNotFound, "Look for it with: aws dynamodb list-backups."),
            "LimitExceededException" => ("AwsLimitExceeded", FaultCategory.LimitsExceeded, "Wait until other operations in the account are over, or ask AWS for a higher quota."),
"InstanceQuotaExceeded" or "InstanceQuotaExceededFault" or "DBClusterQuotaExceededFault" or "StorageQuotaExceeded" or "StorageQuotaExceededFault" =>
                ("AwsQuotaReached", FaultCategory.LimitsExceeded, "Nothing was made. Delete what is not needed, or ask AWS for a higher quota (aws service-quotas), then go on with the run."),
            "InsufficientDBInstanceCapacity" or "InsufficientDBInstanceCapacityFault" or "InsufficientDBClusterCapacityFault" or "InsufficientStorageClusterCapacityFault" =>
                (CapacityMissing, FaultCategory.LimitsExceeded, "Nothing was made. AWS has no such instances left in the zone; go on with the run later."),
            "KMSKeyNotAccessibleFault" =>
                ("KmsKeyNotUsable", FaultCategory.InvalidOperation, "Nothing was made. Enable the KMS key and allow its use, then go on with the run."),
            "InvalidVPCNetworkStateFault" or "DBSubnetGroupNotFoundFault" or "InvalidSubnet" or "DBSubnetGroupDoesNotCoverEnoughAZs" =>
                ("AwsNetworkInvalid", FaultCategory.InvalidOperation, "Nothing was made. Mend the subnet group or the security groups, then run Restore-ScalarDatabase again."),
            "InvalidRestoreFault" or "PointInTimeRestoreNotEnabled" or "PointInTimeRestoreNotEnabledFault" =>
                ("RestoreTimeNotAvailable", FaultCategory.InvalidOperation, "Nothing was made. Look at Get-ScalarDatabase for the times that can be restored to."),
            _ => ("AwsCallFailed", FaultCategory.InvalidOperation, (string?)null),
        };
        return new RestoreException(id, category, $"{call.Action} on {call.Target} failed: {code}: {exception.Message}", call.Target, mend, exception)
        {
            ServiceCode = code,
        };
    }

    // A signature error quotes the whole canonical request with the session token, so that neither its text nor the exception itself goes on.
    private static bool QuotesRequest(Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
        {
            if ((e is AmazonServiceException { ErrorCode: { } code } && BadCredentials.Contains(code))
                || e.Message.Contains("security-token", StringComparison.OrdinalIgnoreCase)
                || e.Message.Contains("canonical", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    private static RestoreException Rejected(string code, AwsCall call) => new(
        "AwsCredentialsRejected", FaultCategory.AuthenticationError, $"AWS rejected the credentials ({code}) for {call.Action} on {call.Target}.", call.Target, CredentialsMend)
    {
        ServiceCode = code,
    };

    private static RestoreException Throttled(AmazonServiceException exception, AwsCall call, string code) => new(
        "AwsThrottled",
        FaultCategory.LimitsExceeded,
        $"AWS throttled {call.Action} on {call.Target} for longer than we wait ({code}).",
        call.Target,
        "Try again when the account is less busy.",
        exception)
    {
        ServiceCode = code,
        Retryable = true,
    };

    private static RestoreException Denied(AmazonServiceException exception, AwsCall call, string code)
    {
        var named = DeniedAction().Match(exception.Message);
        var action = named.Success ? named.Groups[1].Value : call.Action;
        return new RestoreException(
            "AwsAccessDenied",
            FaultCategory.PermissionDenied,
            $"The AWS identity may not do {action} on {call.Target}.",
            call.Target,
            $"Allow {action} in the identity's IAM policy.",
            exception)
        {
            ServiceCode = code,
        };
    }

    private static RestoreException NoAnswer(Exception exception, AwsCall call, string? code = null) => new(
        Unreachable,
        FaultCategory.ConnectionError,
        $"AWS did not answer {call.Action} on {call.Target}: {code ?? exception.GetType().Name}: {exception.Message}",
        call.Target,
        "Check the network, the region and AWS_ENDPOINT_URL, then run the same command again.",
        exception)
    {
        ServiceCode = code,
        Retryable = true,
    };

    private static RestoreException FromClient(AmazonClientException exception, AwsCall call)
    {
        if (exception.InnerException is HttpRequestException or IOException)
            return NoAnswer(exception.InnerException, call);
        var sso = exception.Message.Contains("SSO", StringComparison.Ordinal);
        return new RestoreException(
            "AwsCredentialsMissing",
            FaultCategory.AuthenticationError,
            sso ? "The AWS profile needs an SSO login, and there is none or it has expired." : $"No AWS credentials could be found for {call.Action}.",
            call.Target,
            sso ? "Run: aws sso login --profile NAME, then the same command again." : "Set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, run on a role, or give -ProfileName.",
            QuotesRequest(exception) ? null : exception);
    }

    [GeneratedRegex(@"not authorized to perform:?\s+([\w-]+:\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex DeniedAction();
}
