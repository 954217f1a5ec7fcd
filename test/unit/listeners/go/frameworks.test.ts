import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const program = (imports: string, body: string): Record<string, string> => ({
	"go.mod": "module example.com/shop\n",
	"main.go": `package main\nimport (${imports})\nfunc main() {\n${body}\n}\n`,
});

describe("Gin", () => {
	const gin = '"github.com/gin-gonic/gin"';
	check("its default", "go run .", { files: program(gin, "r := gin.Default()\n r.Run()"), listens: ["[::]:8080 default PORT"] });
	check("PORT", "go run .", { files: program(gin, "r := gin.New()\n r.Run()"), environment: { PORT: "81" }, listens: ["[::]:81 certain"] });
	check("an address", "go run .", { files: program(gin, 'gin.Default().Run("127.0.0.1:82")'), listens: ["127.0.0.1:82 certain"] });
	check("an engine that is handed over", "go run .", {
		files: {
			"go.mod": "module example.com/shop\n",
			"main.go":
				'package main\nimport "github.com/gin-gonic/gin"\ntype app struct { *gin.Engine }\nfunc (a *app) start(address string) { a.Run(address) }\nfunc main() { a := &app{gin.New()}; a.start(":83") }\n',
		},
		listens: ["[::]:83 certain"],
	});
	check("only its routes", "go run .", { files: program(gin, 'gin.Default().GET("/", nil)'), gaps: ["no listening call found in go"] });
});

describe("Echo", () => {
	const echo = '"github.com/labstack/echo/v4"';
	check("an address", "go run .", {
		files: program(echo, 'e := echo.New()\n e.Logger.Fatal(e.Start(":1323"))'),
		listens: ["[::]:1323 certain"],
	});
	check("loopback", "go run .", { files: program(echo, 'echo.New().Start("localhost:1323")'), listens: ["127.0.0.1:1323 certain"] });
	check("TLS", "go run .", { files: program(echo, 'echo.New().StartTLS(":443", "a", "b")'), listens: ["[::]:443 certain"] });
});

describe("Fiber", () => {
	const fiber = '"github.com/gofiber/fiber/v2"; "os"';
	check("its network is tcp4", "go run .", {
		files: program(fiber, 'app := fiber.New()\n app.Listen(":3000")'),
		listens: ["0.0.0.0:3000 certain"],
	});
	check("a variable", "go run .", {
		files: program(fiber, 'fiber.New().Listen(":" + os.Getenv("PORT"))'),
		environment: { PORT: "81" },
		listens: ["0.0.0.0:81 certain"],
	});
});

describe("others", () => {
	check("fasthttp", "go run .", {
		files: program('"github.com/valyala/fasthttp"', 'fasthttp.ListenAndServe(":80", nil)'),
		listens: ["0.0.0.0:80 certain"],
	});
	check("Iris", "go run .", {
		files: program('"github.com/kataras/iris/v12"', 'app := iris.New()\n app.Run(iris.Addr(":81"))'),
		listens: ["[::]:81 certain"],
	});
	check("Beego", "go run .", { files: program('"github.com/beego/beego/v2/server/web"', "web.Run()"), listens: ["[::]:8080 convention"] });
	check("Buffalo in development", "go run .", {
		files: program('"github.com/gobuffalo/buffalo"', "buffalo.New(buffalo.Options{}).Serve()"),
		listens: ["127.0.0.1:3000 default PORT"],
	});
	check("Buffalo in production", "go run .", {
		files: program('"github.com/gobuffalo/buffalo"', "buffalo.New(buffalo.Options{}).Serve()"),
		environment: { GO_ENV: "production" },
		listens: ["0.0.0.0:3000 default PORT"],
	});
	check("Kratos", "go run .", {
		files: program('"github.com/go-kratos/kratos/v2/transport/http"', 'http.NewServer(http.Address(":8000"))'),
		listens: ["[::]:8000 certain"],
	});
	check("DNS", "go run .", {
		files: program('"github.com/miekg/dns"', 's := &dns.Server{Addr: ":53", Net: "udp"}\n s.ListenAndServe()'),
		listens: ["[::]:53/udp certain"],
	});
	check("a Kubernetes controller", "go run .", {
		files: program(
			'ctrl "sigs.k8s.io/controller-runtime"',
			'ctrl.NewManager(ctrl.GetConfigOrDie(), ctrl.Options{HealthProbeBindAddress: ":8081", MetricsBindAddress: "0"})',
		),
		listens: ["[::]:8081 certain"],
	});
	check("a Prometheus exporter", "go run .", {
		files: program(
			'"github.com/alecthomas/kingpin/v2"; "net/http"; "github.com/prometheus/exporter-toolkit/web"; webflag "github.com/prometheus/exporter-toolkit/web/kingpinflag"',
			'flags := webflag.AddFlags(kingpin.CommandLine, ":9999")\n kingpin.Parse()\n web.ListenAndServe(&http.Server{}, flags, nil)',
		),
		listens: ["[::]:9999 default --web.listen-address"],
	});
	check("Dapr's service", "go run .", {
		files: program('daprd "github.com/dapr/go-sdk/service/grpc"', 's, _ := daprd.NewService(":50001")\n s.Start()'),
		listens: ["[::]:50001 certain"],
	});
	const cloudevents = 'cloudevents "github.com/cloudevents/sdk-go/v2"; "context"';
	check("a receiver of CloudEvents", "go run .", {
		files: program(cloudevents, "c, _ := cloudevents.NewDefaultClient()\n c.StartReceiver(context.Background(), nil)"),
		listens: ["[::]:8080 convention"],
	});
	check("on another port", "go run .", {
		files: program(
			cloudevents,
			"c, _ := cloudevents.NewClientHTTP(cloudevents.WithPort(8081))\n c.StartReceiver(context.Background(), nil)",
		),
		listens: ["[::]:8081 certain"],
	});
	check("a sender of CloudEvents", "go run .", {
		files: program(cloudevents, "c, _ := cloudevents.NewDefaultClient()\n c.Send(context.Background(), cloudevents.NewEvent())"),
		gaps: ["no listening call found in go"],
	});
	check("rconfig", "go run . -l :81", {
		files: {
			"go.mod": "module x",
			"main.go":
				'package main\nimport ("net/http"; "github.com/Luzifer/rconfig/v2")\nvar cfg = struct { Listen string `flag:"listen,l" default:":3000"` }{}\nfunc main() {\n rconfig.ParseAndValidate(&cfg)\n http.ListenAndServe(cfg.Listen, nil)\n}\n',
		},
		listens: ["[::]:81 certain"],
	});
	check("a program that is called like a launcher", "./service", {
		files: program('"github.com/other/lib"', "lib.Serve()"),
		builds: ["go build -o service ."],
		gaps: ["no listening call found in service"],
	});
});

describe("Hertz", () => {
	const hertz = '"github.com/cloudwego/hertz/pkg/app/server"; "github.com/cloudwego/hertz/pkg/common/config"';
	check("its default", "go run .", { files: program(hertz, "server.Default().Spin()"), listens: ["[::]:8888 convention"] });
	check("an option", "go run .", { files: program(hertz, 'server.New(server.WithHostPorts(":81"))'), listens: ["[::]:81 certain"] });
	check("an option that is made by hand may be any", "go run .", {
		files: program(hertz, 'server.New(config.Option{F: func(o *config.Options) { o.Addr = ":81" }})'),
		listens: [],
		gaps: ["an option of the server is not followed"],
	});
});
