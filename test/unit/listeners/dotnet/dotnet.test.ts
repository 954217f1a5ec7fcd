import { describe } from "node:test";
import { check, type PredictionCase } from "../../../support/predict.ts";

const WEB = '<Project Sdk="Microsoft.NET.Sdk.Web"></Project>';
const MINIMAL = "var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\n";
const BUILT = ["dotnet publish -c Release -o /app/publish"];

/** An application in /app that is built there, with this after `var app = builder.Build();`. */
function web(body: string, more: Partial<PredictionCase> = {}): PredictionCase {
	return { builds: BUILT, ...more, files: { "Api.csproj": WEB, "Program.cs": `${MINIMAL}${body}`, ...more.files } };
}

describe("Kestrel", () => {
	check(
		"default",
		"dotnet Api.dll",
		web("app.Run();", { listens: ["127.0.0.1:5000 convention"], evidence: ["Dockerfile:10", "Api.csproj:1"] }),
	);
	check(
		"ASPNETCORE_URLS",
		"dotnet Api.dll",
		web("app.Run();", { environment: { ASPNETCORE_URLS: "http://+:80" }, listens: ["[::]:80 certain"] }),
	);
	check(
		"URLs with a comma between them",
		"dotnet Api.dll",
		web("app.Run();", {
			environment: { ASPNETCORE_URLS: "http://*:80,http://*:81" },
			gaps: ["the URL is not understood"],
		}),
	);
	check("the shell of an image for builds", "/bin/bash", {
		builds: ["dotnet dev-certs https"],
		environment: { ASPNETCORE_URLS: "http://+:80" },
	});
	check(
		"two URLs",
		"dotnet Api.dll",
		web("app.Run();", {
			environment: { ASPNETCORE_URLS: "http://+:80;http://localhost:81" },
			listens: ["[::]:80 certain", "127.0.0.1:81 certain"],
		}),
	);
	check(
		"ASPNETCORE_HTTP_PORTS",
		"dotnet Api.dll",
		web("app.Run();", { environment: { ASPNETCORE_HTTP_PORTS: "8080;9090" }, listens: ["[::]:8080 certain", "[::]:9090 certain"] }),
	);
	check(
		"URLs win over ports",
		"dotnet Api.dll",
		web("app.Run();", { environment: { ASPNETCORE_HTTP_PORTS: "8080", DOTNET_URLS: "http://*:81" }, listens: ["[::]:81 certain"] }),
	);
	check(
		"--urls wins over variables",
		"dotnet Api.dll --urls=http://0.0.0.0:82",
		web("app.Run();", { environment: { ASPNETCORE_URLS: "http://+:80" }, listens: ["0.0.0.0:82 certain"] }),
	);
	check(
		"appsettings.json wins over variables of the host",
		"dotnet Api.dll",
		web("app.Run();", {
			files: { "appsettings.json": '{ "Urls": "http://*:83" }' },
			environment: { ASPNETCORE_URLS: "http://+:80" },
			listens: ["[::]:83 certain"],
		}),
	);
	check(
		"appsettings.Production.json",
		"dotnet Api.dll",
		web("app.Run();", {
			files: {
				"appsettings.json": '{ "Urls": "http://*:83" }',
				"appsettings.Production.json": '{ "Urls": "http://*:84" }',
				"appsettings.Development.json": '{ "Urls": "http://*:85" }',
			},
			listens: ["[::]:84 certain"],
		}),
	);
	check(
		"Kestrel:Endpoints",
		"dotnet Api.dll",
		web("app.Run();", {
			files: { "appsettings.json": '{ "Kestrel": { "Endpoints": { "Http": { "Url": "http://*:86" } } } }' },
			environment: { ASPNETCORE_URLS: "http://+:80" },
			listens: ["[::]:86 certain"],
		}),
	);
	check(
		"app.Run with a URL",
		"dotnet Api.dll",
		web('app.Run("http://0.0.0.0:87");', { environment: { ASPNETCORE_URLS: "http://+:80" }, listens: ["0.0.0.0:87 certain"] }),
	);
	check("app.Urls.Add", "dotnet Api.dll", web('app.Urls.Add("http://*:88");\napp.Run();', { listens: ["[::]:88 certain"] }));
	check(
		"a variable with a default",
		"dotnet Api.dll",
		web('var port = Environment.GetEnvironmentVariable("PORT") ?? "89";\napp.Run($"http://0.0.0.0:{port}");', {
			listens: ["0.0.0.0:89 default PORT"],
		}),
	);
	check(
		"that variable in the image",
		"dotnet Api.dll",
		web('var port = Environment.GetEnvironmentVariable("PORT") ?? "89";\napp.Run($"http://0.0.0.0:{port}");', {
			environment: { PORT: "90" },
			listens: ["0.0.0.0:90 certain"],
		}),
	);
	check(
		"a key of the configuration",
		"dotnet Api.dll",
		web('app.Run("http://*:" + builder.Configuration["Server:Port"]);', {
			files: { "appsettings.json": '{ "Server": { "Port": 91 } }' },
			listens: ["[::]:91 certain"],
		}),
	);
	check(
		"GetValue with a default",
		"dotnet Api.dll",
		web('var port = builder.Configuration.GetValue<int>("Port", 92);\nbuilder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(port));', {
			listens: ["[::]:92 default Port"],
		}),
	);
	check(
		"ConfigureKestrel wins over URLs",
		"dotnet Api.dll",
		web("builder.WebHost.ConfigureKestrel(o => { o.ListenAnyIP(93); o.ListenLocalhost(94); o.Listen(IPAddress.Loopback, 95); });", {
			environment: { ASPNETCORE_URLS: "http://+:80" },
			listens: ["[::]:93 certain", "127.0.0.1:94 certain", "127.0.0.1:95 certain"],
		}),
	);
	check(
		"constants of another file",
		"dotnet Api.dll",
		web("builder.WebHost.ConfigureKestrel(o => o.ListenAnyIP(Ports.Http));", {
			files: { "Ports.cs": "static class Ports { public const int Http = 96; }" },
			listens: ["[::]:96 certain"],
		}),
	);
	check(
		"only in development",
		"dotnet Api.dll",
		web('if (app.Environment.IsDevelopment()) { app.Urls.Add("http://*:97"); }\napp.Run();', {
			environment: { ASPNETCORE_ENVIRONMENT: "Production" },
			listens: ["127.0.0.1:5000 convention"],
		}),
	);
	check(
		"HTTPS without a certificate",
		"dotnet Api.dll",
		web("app.Run();", {
			environment: { ASPNETCORE_URLS: "http://+:80;https://+:443" },
			listens: ["[::]:80 certain"],
			gaps: ["HTTPS needs a certificate"],
		}),
	);
	check(
		"HTTPS with one",
		"dotnet Api.dll",
		web("app.Run();", {
			environment: { ASPNETCORE_URLS: "https://+:443", ASPNETCORE_Kestrel__Certificates__Default__Path: "/c.pfx" },
			listens: ["[::]:443 certain"],
		}),
	);
	check(
		"a Unix socket",
		"dotnet Api.dll",
		web("app.Run();", { environment: { ASPNETCORE_URLS: "http://unix:/run/api.sock" }, listens: [] }),
	);
	check("UseUrls of a generic host", "dotnet Api.dll", {
		builds: BUILT,
		files: {
			"Api.csproj": WEB,
			"Program.cs":
				'class Program { static void Main(string[] args) { Host.CreateDefaultBuilder(args).ConfigureWebHostDefaults(w => { w.UseStartup<Startup>(); w.UseUrls("http://*:98"); }).Build().Run(); } }',
		},
		environment: { ASPNETCORE_URLS: "http://+:80" },
		listens: ["[::]:98 certain"],
	});
});

describe("programs of .NET", () => {
	check("an executable", "./Api", web("app.Run();", { environment: { ASPNETCORE_HTTP_PORTS: "8080" }, listens: ["[::]:8080 certain"] }));
	check(
		"another assembly name",
		"dotnet Acme.Api.dll",
		web("app.Run();", {
			files: {
				"Api.csproj": '<Project Sdk="Microsoft.NET.Sdk.Web"><PropertyGroup><AssemblyName>Acme.Api</AssemblyName></PropertyGroup></Project>',
			},
			listens: ["127.0.0.1:5000 convention"],
		}),
	);
	check(
		"dotnet run with its launch profile",
		"dotnet run",
		web("app.Run();", {
			files: {
				"Properties/launchSettings.json":
					'{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://0.0.0.0:5100" } } }',
			},
			listens: ["0.0.0.0:5100 certain"],
		}),
	);
	check(
		"dotnet run without it",
		"dotnet run --no-launch-profile --urls http://*:5200",
		web("app.Run();", {
			files: {
				"Properties/launchSettings.json":
					'{ "profiles": { "http": { "commandName": "Project", "applicationUrl": "http://0.0.0.0:5100" } } }',
			},
			listens: ["[::]:5200 certain"],
		}),
	);
	check("a worker listens on nothing, whatever the image sets", "dotnet Work.dll", {
		builds: BUILT,
		files: {
			"Work.csproj": '<Project Sdk="Microsoft.NET.Sdk.Worker"/>',
			"Program.cs": "var b = Host.CreateApplicationBuilder(args); b.Services.AddHostedService<W>(); b.Build().Run();",
		},
		environment: { ASPNETCORE_HTTP_PORTS: "8080" },
	});
	check("a console program", "dotnet Tool.dll", {
		builds: BUILT,
		files: { "Tool.csproj": '<Project Sdk="Microsoft.NET.Sdk"/>', "Program.cs": 'Console.WriteLine("hi");' },
		environment: { ASPNETCORE_URLS: "http://+:80" },
	});
	check("sockets", "dotnet Tool.dll", {
		builds: BUILT,
		files: {
			"Tool.csproj": '<Project Sdk="Microsoft.NET.Sdk"/>',
			"Program.cs":
				'var l = new TcpListener(IPAddress.Any, 7000); var u = new UdpClient(7001); var h = new HttpListener(); h.Prefixes.Add("http://*:7002/"); var client = new TcpClient("db", 5432);',
		},
		listens: ["0.0.0.0:7000 certain", "0.0.0.0:7001/udp certain", "[::]:7002 certain"],
	});
	check("a project that is not found", "dotnet Other.dll", {
		builds: BUILT,
		files: { "A.csproj": WEB, "B.csproj": WEB },
		gaps: ["the project of Other.dll is not found"],
	});
	check("a project that is not found, with an address", "dotnet Other.dll --urls http://*:80", { listens: ["[::]:80 default"] });
	check("tools", "dotnet ef database update", {});
	check("another executable", "/usr/bin/api", { gaps: ["nothing is known about api"] });
});

describe("packages that may bring a server", () => {
	const program = (packages: string, source: string) => ({
		builds: BUILT,
		files: {
			"Work.csproj": `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>${packages.replace(/\S+/g, '<PackageReference Include="$&" Version="1.0.0" />')}</ItemGroup></Project>`,
			"Program.cs": source,
		},
	});
	check("one that nobody knows is no reason for none", "dotnet Work.dll", {
		...program("Serilog.Sinks.Console TinyWeb", "new TinyWeb.WebServer(8080).Start();"),
		gaps: ["nothing is known about the package TinyWeb"],
	});
	check("the same where nothing speaks of a server", "dotnet Work.dll", {
		...program("TinyWeb", 'Console.WriteLine("done");'),
		listens: [],
	});
	check("packages that are known to open no port", "dotnet Work.dll", {
		...program(
			"Serilog Npgsql Microsoft.Extensions.Hosting RabbitMQ.Client Telegram.Bot",
			"Host.CreateDefaultBuilder(args).Build().Run();",
		),
		listens: [],
	});
});
