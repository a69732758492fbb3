namespace ScalarRestore.Sandbox.Kubernetes.Controllers;

/// <summary>Brings one part of the cluster nearer to what is asked for. Called with the store's gate held.</summary>
internal interface IController
{
    /// <summary>Looks at everything of its part and acts. It is called again after each change of the store.</summary>
    /// <returns>When to look again though nothing changed; null for never.</returns>
    DateTimeOffset? Step(DateTimeOffset now);
}
