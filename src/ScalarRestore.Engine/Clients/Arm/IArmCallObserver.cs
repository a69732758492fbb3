namespace ScalarRestore.Engine.Clients.Arm;

/// <summary>Sees every call to Azure: for counts in benchmarks and for tests that stop the engine between any two calls.</summary>
internal interface IArmCallObserver
{
    /// <summary>Right before a call is sent, each retry included.</summary>
    void Sending(ArmCall call);

    /// <summary>Right after a call was answered without a fault.</summary>
    void Answered(ArmCall call);
}
