namespace ScalarRestore.Engine.Clients.Aws;

/// <summary>Sees every call to AWS: for counts in benchmarks and for tests that stop the engine between any two calls.</summary>
internal interface IAwsCallObserver
{
    /// <summary>Right before a call is sent, each retry included.</summary>
    void Sending(AwsCall call);

    /// <summary>Right after a call was answered without a fault.</summary>
    void Answered(AwsCall call);
}
