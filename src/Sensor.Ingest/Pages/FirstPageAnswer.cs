using Microsoft.AspNetCore.Http.HttpResults;
using Sensor.Ingest.Api;

namespace Sensor.Ingest.Pages;

/// <summary>Chooses the language of the first page and gives it what it shows.</summary>
internal static class FirstPageAnswer
{
    /// <summary>The page in the language that was asked for with <c>?lang=</c>, else by the browser, else in English.</summary>
    public static RazorComponentResult Of(HttpContext context, IngestPipeline pipeline, Views views)
    {
        var asked = context.Request.Query["lang"].ToString();
        var chinese = asked.Length > 0 ? asked == "zh" : context.Request.Headers.AcceptLanguage.ToString().StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        var checkpoint = pipeline.Checkpoint;
        var data = new PageData(
            new Words(chinese), WindowView.All(pipeline.Outcomes), views.Sections(), views.Stations(), pipeline.Evaluator.Agreements,
            pipeline.Configuration.Operator, pipeline.Configuration.Deployment, checkpoint.Size, checkpoint.Root);
        return new RazorComponentResult<FirstPage>(new Dictionary<string, object?> { [nameof(FirstPage.Data)] = data });
    }
}
