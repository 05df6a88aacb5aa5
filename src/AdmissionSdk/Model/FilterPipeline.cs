namespace AdmissionSdk.Model;

/// <summary>The filters around one handler, the first one outermost.</summary>
internal sealed class FilterPipeline(IReadOnlyList<FilterRegistration> filters)
{
    public ValueTask<AdmissionResult> InvokeAsync(AdmissionContext context, AdmissionFilterDelegate handler, CancellationToken cancellationToken)
    {
        var next = handler;
        for (var i = filters.Count - 1; i >= 0; i--)
        {
            var (filter, inner) = (filters[i].Resolve(context.Services), next);
            next = token => filter.InvokeAsync(context, inner, token);
        }

        return next(cancellationToken);
    }
}
