using System.Runtime.InteropServices;
using System.Security;

namespace ScalarRestore.Engine.Diagnostics;

/// <summary>Opens secrets right where they are needed.</summary>
internal static class SecureText
{
    /// <summary>The text of a secret. It must not be kept, journaled or shown.</summary>
    public static string Reveal(SecureString secret)
    {
        var pointer = Marshal.SecureStringToGlobalAllocUnicode(secret);
        try
        {
            return Marshal.PtrToStringUni(pointer)!;
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(pointer);
        }
    }
}
