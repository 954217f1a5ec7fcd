import type { TextFile } from "../../model/text.ts";

/**
 * Packages that open no port by themselves: clients, formats, logging, tests. Of any other one, a server may come that has
 * neither Kestrel nor a socket in the program's own source (EmbedIO, Suave, Watson …).
 */
const QUIET = new RegExp(
	`^(${[
		"System|Microsoft\\.(?!AspNetCore|Owin)[\\w.]+|NETStandard\\.Library|Azure|Google|AWSSDK|Amazon\\.(?!Lambda\\.AspNetCore)[\\w.]+|Grpc\\.(Net|Tools|Core|Auth|HealthCheck)",
		"Serilog|NLog|log4net|OpenTelemetry(?!\\.Exporter\\.Prometheus)|Sentry|Seq|Datadog|NewRelic|Elastic|NEST|Nest|App\\.Metrics|prometheus-net",
		"Newtonsoft|Dapper|Npgsql|MySql|MySqlConnector|Pomelo|Oracle|MongoDB|StackExchange|SQLite\\w*|SQLitePCLRaw|linq2db|LiteDB|Cassandra\\w*|Neo4j|RavenDB|Marten|EFCore|EntityFramework\\w*|FluentMigrator|DbUp|dbup|Bogus|RepoDb|ServiceStack\\.Text",
		"RabbitMQ|EasyNetQ|MassTransit|NServiceBus|Rebus|Confluent|NATS|DotNetCore\\.CAP|Apache\\.NMS|AMQPNetLite|Paho|M2Mqtt|Silverback|WolverineFx",
		"AutoMapper|Mapster|MediatR|Mediator|FluentValidation|Polly|Quartz|Cronos|NCrontab|Coravel|Autofac|Scrutor|Castle|Ninject|Humanizer|NodaTime|CsvHelper|YamlDotNet|Markdig|HtmlAgilityPack|AngleSharp|SixLabors|SkiaSharp|Magick|ImageSharp|QuestPDF|itext\\w*|PdfSharp\\w*|ClosedXML|EPPlus|NPOI",
		"CommandLineParser|McMaster|Spectre|CliFx|Cocona|DotNetEnv|Figgle|Colorful|ShellProgressBar|ConsoleTables|DocoptNet|docopt",
		"Refit|RestSharp|Flurl|IdentityModel|JWT|BouncyCastle|Portable\\.BouncyCastle|MailKit|MimeKit|SendGrid|Twilio|Stripe|Octokit|Telegram\\.Bot|Discord\\.Net|DSharpPlus|Slack\\w*|KubernetesClient|Docker\\.DotNet|SSH|SSH\\.NET|FluentFTP|Minio|Consul|VaultSharp|Dapr\\.Client|Selenium|PuppeteerSharp|Playwright",
		"protobuf-net|MessagePack|Google\\.Protobuf|Avro|Apache\\.Avro|K4os|SharpZipLib|SharpCompress|Snappy\\w*|ZstdSharp|LZ4|MathNet|TorchSharp|OnnxRuntime|Accord|CoordinateSharp|GeoAPI|NetTopologySuite",
		"xunit|NUnit\\w*|MSTest|coverlet|Moq|NSubstitute|FakeItEasy|FluentAssertions|Shouldly|AutoFixture|Verify|Testcontainers|BenchmarkDotNet|StyleCop|SonarAnalyzer|Roslynator|Nerdbank|GitVersion|MinVer|JetBrains|Costura|Fody|FSharp\\.(Core|Data|Json|SystemTextJson)|FsToolkit|Argu|Fable",
	].join("|")})(\\.|$)`,
);

/** What source says that sets a server up: a package that nobody uses so opens no port. */
const SERVES = /(?:server|listen\w*|host)\b|\bport\b|0\.0\.0\.0|https?:\/\/[*+]/;

/** The packages of these projects that may bring a server of their own, for source that speaks of one. */
export function strangePackages(
	projects: readonly { readonly file: TextFile }[],
	sources: readonly { readonly file: TextFile }[],
): string[] {
	if (!sources.some(({ file }) => SERVES.test(file.text.toLowerCase()))) return [];
	const names = projects.flatMap(({ file }) =>
		[...file.text.matchAll(/<[Pp]ackageReference\s[^>]*?\b[Ii]nclude\s*=\s*"([^"]+)"/g)].map(([, name = ""]) => name.trim()),
	);
	return [...new Set(names.filter((name) => !QUIET.test(name)))];
}
