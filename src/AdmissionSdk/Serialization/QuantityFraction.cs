using System.Numerics;
using System.Runtime.CompilerServices;
using Fractions;
using k8s.Models;

namespace AdmissionSdk.Serialization;

/// <summary>
/// Reaches the exact value of a quantity. KubernetesClient holds a fraction of any size, and every public way in or out but <c>ToBigInteger</c> goes through
/// <see cref="decimal"/>, which has 28 digits and throws beyond.
/// </summary>
internal static class QuantityFraction
{
    private static readonly BigInteger Nano = BigInteger.Pow(10, 9);

    /// <summary>The value in billionths, rounded away from zero as Kubernetes does.</summary>
    public static BigInteger InNanos(ResourceQuantity quantity)
    {
        var value = Value(quantity);

        // The default of the struct is zero, with a denominator of zero.
        if (value.Numerator.IsZero)
        {
            return BigInteger.Zero;
        }

        var (nanos, remainder) = BigInteger.DivRem(value.Numerator * Nano, value.Denominator);
        return remainder.IsZero ? nanos : nanos + remainder.Sign;
    }

    public static ResourceQuantity FromNanos(BigInteger nanos, ResourceQuantity.SuffixFormat format)
    {
        var quantity = new ResourceQuantity(0m, 0, format);
        Value(quantity) = new Fraction(nanos, Nano);
        return quantity;
    }

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_unitlessValue")]
    private static extern ref Fraction Value(ResourceQuantity quantity);
}
