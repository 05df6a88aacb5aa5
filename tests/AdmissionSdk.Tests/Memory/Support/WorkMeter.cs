using System.Buffers;
using System.Numerics;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using AdmissionSdk.Contexts;
using AdmissionSdk.Memory;
using AdmissionSdk.Patching;
using AdmissionSdk.Patching.Limits;
using AdmissionSdk.Reviews;
using k8s.Models;

namespace AdmissionSdk.Tests.Memory.Support;

/// <summary>Measures the memory that a review takes after its bytes have been read: all that is allocated from the index to the response, garbage included, and the arrays of the pool.</summary>
internal static class WorkMeter
{
    // Two texts and a place for each value, as the snapshot of a view has it.
    private const int SlotBytes = 32;
    private static readonly MethodInfo Typed = typeof(WorkMeter).GetMethod(nameof(Run), BindingFlags.NonPublic | BindingFlags.Static)!;

    /// <summary>Measures a review that a handler of the type decides on; a mutator edits the object.</summary>
    public static (long Taken, long Charged) Measure(byte[] body, Type type, bool mutates)
    {
        var run = Typed.MakeGenericMethod(type).CreateDelegate<Func<byte[], bool, IReviewMemory?, long>>();
        var charged = new CountedMemory();
        run(body, mutates, charged);
        // The compiler of the runtime allocates on other threads, but the first run also fills caches.
        return (Math.Min(run(body, mutates, null), run(body, mutates, null)), charged.Charged);
    }

    private static long Run<T>(byte[] body, bool mutates, IReviewMemory? memory)
        where T : class
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        memory?.TryCharge(DecodingCost.OfIndex(body));
        var request = AdmissionReviewReader.Read(body);
        (request.Index!.Memory, request.SubjectIndex!.Memory) = (memory, memory);
        using var index = request.Index!;
        var slots = 0;
        var response = AdmissionResponse.Allowed;
        if (mutates)
        {
            response = response with { Patch = Mutate<T>(request, memory, out slots) };
        }
        else
        {
            ObjectDecoder.Decode<T>(request.Object, AdmissionJson.Default.Options, "object", memory, request.SubjectIndex);
        }

        if (!request.OldObject.IsEmpty)
        {
            ObjectDecoder.Decode<T>(request.OldObject, AdmissionJson.Default.Options, "oldObject", memory);
        }

        AdmissionReviewWriter.Write(new ArrayBufferWriter<byte>(512 + (response.Patch.Length * 4 / 3)), request, response);
        return GC.GetAllocatedBytesForCurrentThread() - before + Pooled(index.Containers, 2 * sizeof(int)) + Pooled(slots, SlotBytes);
    }

    private static ReadOnlyMemory<byte> Mutate<T>(AdmissionRequest request, IReviewMemory? memory, out int slots)
        where T : class
    {
        var session = new PatchSession(request.Subject, PatchLimits.Default, request.SubjectIndex);
        var type = (JsonTypeInfo<T>)AdmissionJson.Default.Options.GetTypeInfo(typeof(T));
        memory?.TryCharge(DecodingCost.OfView(request.Subject.Span, ModelSize.Of(type)));
        using var view = session.Open(type);
        slots = view.Snapshot is { } snapshot ? snapshot.Slots.Length : 0;
        if (view.Value is IMetadata<V1ObjectMeta> typed)
        {
            typed.EnsureMetadata().EnsureLabels()["edited"] = "yes";
        }

        session.Commit(view, view.Value, explicitEdits: null);
        return session.Finish().Json;
    }

    // The pool has arrays of powers of two, and while one grows there are two.
    private static long Pooled(int count, int size) => count == 0 ? 0 : BitOperations.RoundUpToPowerOf2((uint)count) * (long)size * 3 / 2;
}
