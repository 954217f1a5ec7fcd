import { t } from "../../model/message.ts";
import { type Environment, known, likelyText, unknown, type Value } from "../../model/value.ts";
import type { Argument, LibraryCall } from "../../source/program.ts";
import type { Endpoint, ReadCall } from "../sourceCall.ts";
import type { Technology } from "../technology.ts";
import { asValue, endpointOf, fieldOf, itemsOf, readAddress, readField } from "./address.ts";
import { readOptionalAddress } from "./gin.ts";

/** Frameworks and servers of which a line or two says everything: facts with the manual that they come from. */
interface Facts {
	readonly name: string;
	readonly title: string;
	/** The manual. */
	readonly source: string;
	readonly calls: Readonly<Record<string, ReadCall>>;
}

/** The value of an option among the arguments: `iris.Addr(":80")`, `server.WithHostPorts(":80")`. */
function option(call: LibraryCall, name: RegExp): Argument | undefined {
	const options = call.positional.flatMap((one) => itemsOf(one));
	for (const argument of options) if (argument.kind === "object" && name.test(argument.origin)) return argument.fields.get("0");
	// An option that is not made by a call of the library's may be any.
	return options.some((one) => one.kind !== "object" || !one.origin.endsWith(")"))
		? unknown(t("an option of the server is not followed"))
		: undefined;
}

function variable(environment: Environment, name: string, fallback: string, call: LibraryCall): Value {
	return environment.get(name) ?? { kind: "variable", name, fallback: known(fallback, call.at), from: [] };
}

/** Buffalo: loopback while it is in development, which it is unless GO_ENV says otherwise. */
function buffalo(call: LibraryCall, environment: Environment): Endpoint {
	const development = (likelyText(environment.get("GO_ENV")) ?? "development") === "development";
	return {
		port: variable(environment, "PORT", "3000", call),
		address: variable(environment, "ADDR", development ? "127.0.0.1" : "0.0.0.0", call),
		anyAddress: "0.0.0.0",
		byConvention: !environment.has("PORT"),
	};
}

function hostAndPort(configuration: Argument | undefined, call: LibraryCall, host: string, port: string): Endpoint {
	const [address, number] = [fieldOf(configuration, host), fieldOf(configuration, port)];
	if (!number) return endpointOf(undefined, {}, call);
	return { port: asValue(number), address: address ? asValue(address) : known("0.0.0.0"), anyAddress: "::", byConvention: false };
}

/** kubebuilder's manager: metrics on :8080 unless told otherwise, probes only when told; `0` turns either off. */
function manager(call: LibraryCall): Endpoint[] {
	const options = call.positional[1];
	const metrics = fieldOf(options, "MetricsBindAddress") ?? fieldOf(fieldOf(options, "Metrics"), "BindAddress");
	const probes = fieldOf(options, "HealthProbeBindAddress");
	return [endpointOf(metrics, { port: "8080" }, call), ...(probes ? [endpointOf(probes, {}, call)] : [])].filter(
		(one) => one !== "nothing" && likelyText(one.port) !== "0",
	);
}

/** A client for CloudEvents that receives: on the port among the options that it was made with. */
function receiver(call: LibraryCall): Endpoint {
	const made = call.on?.kind === "object" ? [...call.on.fields.values()] : [];
	const port = option({ ...call, positional: made }, /\.WithPort\(\)$/);
	return { port: port ? asValue(port) : known("8080", call.at), address: known(""), anyAddress: "::", byConvention: !port };
}

const each = (prefix: string, owners: readonly string[], method: string, read: ReadCall): [string, ReadCall][] =>
	owners.map((owner) => [`${prefix}.${owner}.${method}`, read]);

const FACTS: readonly Facts[] = [
	{
		name: "fasthttp",
		title: "fasthttp",
		source: "https://pkg.go.dev/github.com/valyala/fasthttp#Server.ListenAndServe (tcp4)",
		calls: {
			"github.com/valyala/fasthttp.ListenAndServe": readAddress(0, { anyAddress: "0.0.0.0" }),
			"github.com/valyala/fasthttp.ListenAndServeTLS": readAddress(0, { anyAddress: "0.0.0.0" }),
			"github.com/valyala/fasthttp.Server{}.ListenAndServe": readAddress(0, { anyAddress: "0.0.0.0" }),
			"github.com/valyala/fasthttp.Server{}.ListenAndServeTLS": readAddress(0, { anyAddress: "0.0.0.0" }),
		},
	},
	{
		name: "iris",
		title: "Iris",
		source: "https://pkg.go.dev/github.com/kataras/iris/v12#Application.Run",
		calls: Object.fromEntries([
			...each("github.com/kataras/iris", ["New()", "Default()", "Application{}"], "Listen", readAddress(0)),
			...each("github.com/kataras/iris", ["New()", "Default()", "Application{}"], "Run", (call) => {
				const tls = option(call, /iris\.(TLS|AutoTLS)\(\)$/);
				return endpointOf(option(call, /iris\.Addr\(\)$/) ?? tls, {}, call);
			}),
		]),
	},
	{
		name: "beego",
		title: "Beego",
		source: "https://github.com/beego/beedoc/blob/master/en-US/mvc/controller/config.md (httpport, 8080)",
		calls: {
			"github.com/beego/beego/server/web.Run": (call) => endpointOf(itemsOf(call.positional[0])[0], { port: "8080" }, call),
			"github.com/beego/beego.Run": (call) => endpointOf(itemsOf(call.positional[0])[0], { port: "8080" }, call),
			"github.com/astaxie/beego.Run": (call) => endpointOf(itemsOf(call.positional[0])[0], { port: "8080" }, call),
		},
	},
	{
		name: "dapr",
		title: "Dapr SDK",
		source: "https://pkg.go.dev/github.com/dapr/go-sdk/service/http#NewService",
		calls: {
			"github.com/dapr/go-sdk/service/http.NewService().Start": (call) => endpointOf(fieldOf(call.on, "0"), {}, call),
			"github.com/dapr/go-sdk/service/grpc.NewService().Start": (call) => endpointOf(fieldOf(call.on, "0"), {}, call),
		},
	},
	{
		name: "cloudevents",
		title: "CloudEvents SDK",
		source: "https://pkg.go.dev/github.com/cloudevents/sdk-go/v2/protocol/http#WithPort (8080)",
		calls: Object.fromEntries(each("github.com/cloudevents/sdk-go", ["NewDefaultClient()", "NewClientHTTP()"], "StartReceiver", receiver)),
	},
	{
		name: "buffalo",
		title: "Buffalo",
		source: "https://gobuffalo.io/documentation/getting_started/config-vars/",
		calls: { "github.com/gobuffalo/buffalo.New().Serve": buffalo, "github.com/gobuffalo/buffalo.App{}.Serve": buffalo },
	},
	{
		name: "martini",
		title: "Martini",
		source: "https://github.com/go-martini/martini#faq (PORT and HOST, 3000)",
		calls: Object.fromEntries([
			...each("github.com/go-martini/martini", ["Classic()", "New()"], "Run", readOptionalAddress("PORT", "3000")),
			...each("github.com/go-martini/martini", ["Classic()", "New()"], "RunOnAddr", readAddress(0)),
		]),
	},
	{
		name: "negroni",
		title: "Negroni",
		source: "https://github.com/urfave/negroni#run (PORT, 8080)",
		calls: Object.fromEntries([
			...each("github.com/urfave/negroni", ["Classic()", "New()"], "Run", readOptionalAddress("PORT", "8080")),
			...each("github.com/codegangsta/negroni", ["Classic()", "New()"], "Run", readOptionalAddress("PORT", "8080")),
		]),
	},
	{
		name: "go-zero",
		title: "go-zero",
		source: "https://go-zero.dev/en/docs/tutorials/http/server/configuration (Host 0.0.0.0)",
		calls: {
			"github.com/zeromicro/go-zero/rest.MustNewServer": (call) => hostAndPort(call.positional[0], call, "Host", "Port"),
			"github.com/zeromicro/go-zero/rest.NewServer": (call) => hostAndPort(call.positional[0], call, "Host", "Port"),
			"github.com/zeromicro/go-zero/zrpc.MustNewServer": (call) => endpointOf(fieldOf(call.positional[0], "ListenOn"), {}, call),
			"github.com/zeromicro/go-zero/zrpc.NewServer": (call) => endpointOf(fieldOf(call.positional[0], "ListenOn"), {}, call),
		},
	},
	{
		name: "kratos",
		title: "Kratos",
		source: "https://go-kratos.dev/docs/component/transport/http (Address; a free port without it)",
		calls: {
			"github.com/go-kratos/kratos/transport/http.NewServer": (call) => endpointOf(option(call, /\.Address\(\)$/), { port: "0" }, call),
			"github.com/go-kratos/kratos/transport/grpc.NewServer": (call) => endpointOf(option(call, /\.Address\(\)$/), { port: "0" }, call),
		},
	},
	{
		name: "hertz",
		title: "Hertz",
		source: "https://www.cloudwego.io/docs/hertz/reference/config/ (WithHostPorts, 8888)",
		calls: {
			"github.com/cloudwego/hertz/pkg/app/server.Default": (call) =>
				endpointOf(option(call, /\.WithHostPorts\(\)$/), { port: "8888" }, call),
			"github.com/cloudwego/hertz/pkg/app/server.New": (call) => endpointOf(option(call, /\.WithHostPorts\(\)$/), { port: "8888" }, call),
		},
	},
	{
		name: "goframe",
		title: "GoFrame",
		source: "https://goframe.org/en/docs/web/server-config",
		calls: {
			"github.com/gogf/gf/frame/g.Server().SetPort": readAddress(0),
			"github.com/gogf/gf/frame/g.Server().SetAddr": readAddress(0),
		},
	},
	{
		name: "controller-runtime",
		title: "controller-runtime",
		source: "https://pkg.go.dev/sigs.k8s.io/controller-runtime/pkg/manager#Options",
		calls: { "sigs.k8s.io/controller-runtime.NewManager": manager, "sigs.k8s.io/controller-runtime/pkg/manager.New": manager },
	},
	{
		name: "miekg-dns",
		title: "miekg/dns",
		source: "https://pkg.go.dev/github.com/miekg/dns#Server (:domain)",
		calls: {
			"github.com/miekg/dns.Server{}.ListenAndServe": (call, environment) => {
				const network = fieldOf(call.on, "Net");
				const protocol = network?.kind === "known" && network.text.startsWith("tcp") ? "tcp" : "udp";
				return readField("Addr", { port: "53", protocol })(call, environment);
			},
			"github.com/miekg/dns.ListenAndServe": (call) => {
				const network = call.positional[1];
				return endpointOf(
					call.positional[0],
					{ port: "53", protocol: network?.kind === "known" && network.text.startsWith("tcp") ? "tcp" : "udp" },
					call,
				);
			},
		},
	},
	{
		name: "quic-go",
		title: "quic-go",
		source: "https://pkg.go.dev/github.com/quic-go/quic-go",
		calls: {
			"github.com/quic-go/quic-go.ListenAddr": readAddress(0, { protocol: "udp" }),
			"github.com/quic-go/quic-go.ListenAddrEarly": readAddress(0, { protocol: "udp" }),
			"github.com/quic-go/quic-go/http3.Server{}.ListenAndServe": readField("Addr", { port: "443", protocol: "udp" }),
			"github.com/quic-go/quic-go/http3.Server{}.ListenAndServeTLS": readField("Addr", { port: "443", protocol: "udp" }),
			"github.com/quic-go/quic-go/http3.ListenAndServeQUIC": readAddress(0, { protocol: "udp" }),
		},
	},
	{
		name: "gliderlabs-ssh",
		title: "gliderlabs/ssh",
		source: "https://pkg.go.dev/github.com/gliderlabs/ssh#Server.ListenAndServe (:22)",
		calls: {
			"github.com/gliderlabs/ssh.ListenAndServe": readAddress(0, { port: "22" }),
			"github.com/gliderlabs/ssh.Server{}.ListenAndServe": readField("Addr", { port: "22" }),
		},
	},
	{
		name: "go-smtp",
		title: "go-smtp",
		source: "https://pkg.go.dev/github.com/emersion/go-smtp#Server.ListenAndServe (:smtp)",
		calls: {
			"github.com/emersion/go-smtp.Server{}.ListenAndServe": readField("Addr", { port: "25" }),
			"github.com/emersion/go-smtp.NewServer().ListenAndServe": readField("Addr", { port: "25" }),
		},
	},
	{
		name: "go-servers",
		title: "Go servers",
		source: "https://pkg.go.dev: each package's ListenAndServe, Run or Serve",
		calls: {
			"github.com/tidwall/redcon.ListenAndServe": readAddress(0),
			"github.com/tidwall/evio.Serve": (call) =>
				call.positional.slice(1).flatMap((one) => itemsOf(one).map((address) => endpointOf(address, {}, call))),
			"github.com/panjf2000/gnet.Run": readAddress(1),
			"github.com/fvbock/endless.ListenAndServe": readAddress(0),
			"github.com/fvbock/endless.ListenAndServeTLS": readAddress(0),
			"github.com/fvbock/endless.NewServer().ListenAndServe": (call) => endpointOf(fieldOf(call.on, "0"), {}, call),
			"github.com/braintree/manners.ListenAndServe": readAddress(0),
			"github.com/tylerb/graceful.Run": readAddress(0),
			"gopkg.in/tylerb/graceful.Run": readAddress(0),
			"github.com/facebookgo/grace/gracehttp.Serve": (call) =>
				call.positional.map((server) => endpointOf(fieldOf(server, "Addr"), { port: "80" }, call)),
			"github.com/hoisie/web.Run": readAddress(0),
			"github.com/valyala/tcplisten.Config{}.NewListener": readAddress(1),
		},
	},
];

export const frameworks: readonly Technology[] = FACTS.map(({ name, title, calls }) => ({ name, title, calls: { go: calls } }));
