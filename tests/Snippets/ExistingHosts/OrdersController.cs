using Microsoft.AspNetCore.Mvc;

namespace Snippets.Tests.ExistingHosts;

/// <summary>The controller that the application of docs/existing-hosts.md already has.</summary>
[ApiController]
[Route("orders")]
public sealed class OrdersController : ControllerBase
{
    [HttpGet]
    public string Get() => $"orders of {User.Identity?.Name}";
}
