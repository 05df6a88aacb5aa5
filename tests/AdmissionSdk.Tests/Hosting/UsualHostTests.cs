using System.Net;
using AdmissionSdk.Hosting;
using AdmissionSdk.Tests.Support;
using k8s.Models;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.DependencyInjection;

namespace AdmissionSdk.Tests.Hosting;

/// <summary>Middleware of a usual ASP.NET Core host, which redirects, compresses or rewrites responses or refuses anonymous callers, must not touch a review.</summary>
/// <remarks>Covers <see cref="AdmissionEndpoint"/>, <see cref="AdmissionEndpointRouteBuilderExtensions"/>, <see cref="AnonymousUnlessAuthorized"/>.</remarks>
public sealed class UsualHostTests
{
    [Fact]
    public async Task Post_HostWithUsualMiddleware_AnswersAllowedTheSame()
    {
        await using var bare = await StartAsync(usual: false);
        await using var usual = await StartAsync(usual: true);

        var expected = await bare.PostAsync(TestReviews.CreatePod());
        var actual = await usual.PostAsync(TestReviews.CreatePod());

        Assert.Equal(expected.Text, actual.Text);
        Assert.Equal(Describe(expected), Describe(actual));
    }

    [Fact]
    public async Task Post_HostWithUsualMiddleware_FailsTheSame()
    {
        await using var usual = await StartAsync(usual: true);

        var answer = await usual.PostAsync(TestReviews.CreatePod(review => review.Request()["name"] = "throw"));

        answer.AssertLine(
            HttpStatusCode.InternalServerError,
            $"{WebhookHost.Name}: could not decide (uid {TestReviews.PodUid}): InvalidOperationException: on purpose");
    }

    [Fact]
    public async Task Post_HostWithUsualMiddleware_RefusesTheSame()
    {
        await using var usual = await StartAsync(usual: true);

        (await usual.PostAsync("{}"u8.ToArray())).AssertLine(HttpStatusCode.BadRequest, "kind is missing; expected \"AdmissionReview\"");
    }

    [Fact]
    public async Task Post_RequireAuthorizationOnTheWebhooks_RefusesAnonymousCallers()
    {
        await using var host = await WebhookHost.StartAsync(
            webhooks => webhooks.AddValidator<V1Pod>(WebhookHost.Name, _ => AdmissionResult.Allow()),
            services: AddAuthorization,
            middleware: app => app.UseAuthentication().UseAuthorization(),
            conventions: endpoints => endpoints.RequireAuthorization());

        var answer = await host.PostAsync(TestReviews.CreatePod(), $"/validate/{WebhookHost.Name}");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.Status);
    }

    [Fact]
    public async Task MapAdmissionWebhooks_WithoutServices_SaysWhatToCall()
    {
        await using var app = WebApplication.CreateBuilder().Build();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapAdmissionWebhooks());

        Assert.Equal(
            "The services of admission webhooks are missing: call builder.Services.AddAdmissionWebhooks() before builder.Build().",
            exception.Message);
    }

    // Two endpoints on one path would make routing answer every review with an error.
    [Fact]
    public async Task MapAdmissionWebhooks_Twice_SaysSo()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddAdmissionWebhooks().AddValidator<V1Pod>(WebhookHost.Name, _ => AdmissionResult.Allow());
        await using var app = builder.Build();
        app.MapAdmissionWebhooks();

        var exception = Assert.Throws<InvalidOperationException>(() => app.MapAdmissionWebhooks());

        Assert.Equal("The admission webhooks are mapped already: call app.MapAdmissionWebhooks() once.", exception.Message);
    }

    private static object Describe(WebhookResponse response) =>
        (response.Status, response.ContentType, string.Join(';', response.Headers.Select(header => header.Key).Order(StringComparer.Ordinal)));

    private static Task<WebhookHost> StartAsync(bool usual) => WebhookHost.StartAsync(
        webhooks => webhooks.AddMutating(WebhookHost.Name, webhook => webhook.Path("/hook").Handle<V1Pod>(context =>
            context.Name == "throw" ? throw new InvalidOperationException("on purpose") : AdmissionResult.Allow())),
        environment: "Development",
        services: services =>
        {
            if (usual)
            {
                AddAuthorization(services);
                services.AddHttpsRedirection(options => options.HttpsPort = 443);
                services.AddResponseCompression(options =>
                {
                    options.EnableForHttps = true;
                    options.MimeTypes = ResponseCompressionDefaults.MimeTypes;
                });
            }
        },
        middleware: app =>
        {
            if (usual)
            {
                app.UseResponseCompression();
                app.UseDeveloperExceptionPage();
                app.UseHsts();
                app.UseHttpsRedirection();
                app.UseStatusCodePages();
                app.UseAuthentication();
                app.UseAuthorization();
            }
        });

    private static void AddAuthorization(IServiceCollection services)
    {
        services.AddAuthentication("none").AddScheme<Microsoft.AspNetCore.Authentication.AuthenticationSchemeOptions, NobodyHandler>("none", null);
        services.AddAuthorization(options => options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
    }
}
