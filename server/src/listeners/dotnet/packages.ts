import type { TextFile } from "../../model/text.ts";

/**
 * Packages, with those below them (`Serilog.Sinks.Console`), that open no port by themselves: clients, formats, logging, tests. Of
 * any other one, a server may come that has neither Kestrel nor a socket in the program's own source (EmbedIO, Suave, Watson …).
 */
const QUIET: ReadonlySet<string> = new Set(
	[
		"System Microsoft NETStandard.Library Azure Google AWSSDK Amazon Grpc",
		"Serilog NLog log4net OpenTelemetry Sentry Seq Datadog NewRelic Elastic NEST App.Metrics prometheus-net",
		"Newtonsoft Dapper Npgsql MySql MySqlConnector Pomelo Oracle MongoDB StackExchange SQLite SQLitePCLRaw linq2db LiteDB",
		"CassandraCSharpDriver Neo4j RavenDB Marten EFCore EntityFramework EntityFrameworkCore FluentMigrator DbUp dbup Bogus RepoDb",
		"ServiceStack.Text RabbitMQ EasyNetQ MassTransit NServiceBus Rebus Confluent NATS DotNetCore.CAP Apache.NMS AMQPNetLite",
		"Paho M2Mqtt Silverback WolverineFx AutoMapper Mapster MediatR Mediator FluentValidation Polly Quartz Cronos NCrontab Coravel",
		"Autofac Scrutor Castle Ninject Humanizer NodaTime CsvHelper YamlDotNet Markdig HtmlAgilityPack AngleSharp SixLabors",
		"SkiaSharp Magick ImageSharp QuestPDF itext itext7 PdfSharp PdfSharpCore ClosedXML EPPlus NPOI CommandLineParser McMaster",
		"Spectre CliFx Cocona DotNetEnv Figgle Colorful ShellProgressBar ConsoleTables DocoptNet docopt Refit RestSharp Flurl",
		"IdentityModel JWT BouncyCastle Portable.BouncyCastle MailKit MimeKit SendGrid Twilio Stripe Octokit Telegram.Bot",
		"Discord.Net DSharpPlus SlackNet KubernetesClient Docker.DotNet SSH.NET FluentFTP Minio Consul VaultSharp Dapr.Client Selenium",
		"PuppeteerSharp protobuf-net MessagePack Avro Apache.Avro K4os SharpZipLib SharpCompress Snappier ZstdSharp",
		"MathNet TorchSharp OnnxRuntime Accord GeoAPI NetTopologySuite xunit NUnit NUnit3TestAdapter MSTest coverlet Moq NSubstitute",
		"FakeItEasy FluentAssertions Shouldly AutoFixture Verify Testcontainers BenchmarkDotNet StyleCop SonarAnalyzer Roslynator",
		"Nerdbank GitVersion MinVer JetBrains Costura Fody FSharp FsToolkit Argu Fable",
	].flatMap((line) => line.split(" ")),
);

/** Below one of those, and yet servers. */
const LOUD = ["Microsoft.AspNetCore", "Microsoft.Owin", "OpenTelemetry.Exporter.Prometheus", "Amazon.Lambda.AspNetCoreServer"];

/** What source says that sets a server up: a package that nobody uses so opens no port. */
const SERVES = /server\b|listen|\bport\b|0\.0\.0\.0|https?:\/\/[*+]/i;

/** The packages of these projects that may bring a server of their own, for source that speaks of one. */
export function strangePackages(
	projects: readonly { readonly file: TextFile }[],
	sources: readonly { readonly file: TextFile }[],
): string[] {
	if (!sources.some(({ file }) => SERVES.test(file.text))) return [];
	return [...new Set(projects.flatMap(({ file }) => packagesIn(file.text)).filter((name) => !isQuiet(name)))];
}

function isQuiet(name: string): boolean {
	if (LOUD.some((one) => name.startsWith(one))) return false;
	const parts = name.split(".");
	return parts.some((_, i) => QUIET.has(parts.slice(0, i + 1).join(".")));
}

/** `<PackageReference Include="Serilog" Version="3.1.1" />` */
function packagesIn(project: string): string[] {
	return project
		.split(/<PackageReference\b/i)
		.slice(1)
		.flatMap((rest) => /\bInclude\s{0,9}=\s{0,9}"([^"]{1,200})"/i.exec(rest.slice(0, Math.max(0, rest.indexOf(">"))))?.[1]?.trim() ?? []);
}
