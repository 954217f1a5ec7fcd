import assert from "node:assert/strict";
import { test } from "node:test";
import { runProgram, short } from "../../../support/program.ts";

const MODULE = { "go.mod": "module example.com/shop\n\ngo 1.24\n" };

/** Runs a main function's body and answers the first argument of each `net/http.ListenAndServe`. */
async function served(body: string, given: Partial<Parameters<typeof runProgram>[1]> & { top?: string; imports?: string } = {}) {
	const imports = given.imports ?? '"fmt"; "net/http"; "os"; "strconv"; "net"; "strings"; "flag"; "log"; "errors"; "cmp"';
	const text = `package main\nimport (${imports})\n${given.top ?? ""}\nfunc main() {\n${body}\n}\n`;
	const program = await runProgram("go", { entry: "/app", ...given, files: { ...MODULE, "main.go": text, ...given.files } });
	assert.deepEqual(program.gaps, []);
	return program.calls.filter((call) => call.callee === "net/http.ListenAndServe").map((call) => short(call.positional[0]));
}

function value(name: string, body: string, expected: string, given: Parameters<typeof served>[1] = {}): void {
	test(name, async () => assert.deepEqual(await served(body, given), [expected]));
}

value("a literal", 'http.ListenAndServe(":8080", nil)', ":8080");
value(
	"a call whose result is sent",
	'errors := make(chan error)\n go func() { errors <- http.ListenAndServe(":82", nil) }()\n <-errors',
	":82",
);
value("a new value", 'address := new(":83"); http.ListenAndServe(*address, nil)', ":83");
value("a raw string", "http.ListenAndServe(`:8080`, nil)", ":8080");
value("log.Fatal around the call", 'log.Fatal(http.ListenAndServe(":8080", nil))', ":8080");
value("a call in an if with an initializer", 'if err := http.ListenAndServe(":81", nil); err != nil { panic(err) }', ":81");
value("constants with iota and arithmetic", 'http.ListenAndServe(fmt.Sprintf(":%d", base+second), nil)', ":8001", {
	top: "const base = 8_000\nconst ( first = iota; second )",
});
value("package variables in any order", "http.ListenAndServe(address, nil)", ":9000", {
	top: 'var address = ":" + port\nvar port = strconv.Itoa(9000)',
});
value(
	"an environment variable with a fallback",
	'port := os.Getenv("PORT"); if port == "" { port = "8080" }; http.ListenAndServe(":"+port, nil)',
	"PORT=:8080",
);
value(
	"an environment variable that the image sets",
	'port := os.Getenv("PORT"); if port == "" { port = "8080" }; http.ListenAndServe(":"+port, nil)',
	":3000",
	{
		environment: { PORT: "3000" },
	},
);
value("LookupEnv in a helper", 'http.ListenAndServe(":"+getEnv("PORT", "8080"), nil)', "PORT=:8080", {
	top: "func getEnv(key, fallback string) string { if v, ok := os.LookupEnv(key); ok { return v }; return fallback }",
});
value("a helper with an early return for what is not set", 'http.ListenAndServe(":"+env("PORT", "8080"), nil)', "PORT=:8080", {
	top: "func env(key, fallback string) string {\n v := os.Getenv(key)\n if len(v) == 0 { return fallback }\n return v }",
});
value(
	"a number that does not parse",
	'port, err := strconv.Atoi(os.Getenv("PORT")); if err != nil { port = 8080 }; http.ListenAndServe(fmt.Sprintf(":%d", port), nil)',
	"PORT=:8080",
);
value("a helper that answers a number", 'http.ListenAndServe(fmt.Sprintf(":%d", number("PORT", 8080)), nil)', "PORT=:8080", {
	top: "func number(key string, fallback int) int {\n v, err := strconv.Atoi(os.Getenv(key))\n if err != nil { return fallback }\n return v }",
});
value(
	"an error that is handed on does not happen",
	"a, err := outer(); if err != nil { log.Fatal(err) }; http.ListenAndServe(a, nil)",
	":1",
	{
		top: `func inner() error { if os.Getenv("DB") == "" { return errors.New("no DB") }; return nil }
func outer() (string, error) { if err := inner(); err != nil { return "", err }; return ":1", nil }`,
	},
);
value("cmp.Or", 'http.ListenAndServe(":"+cmp.Or(os.Getenv("PORT"), "8080"), nil)', "PORT=:8080");
value("JoinHostPort", 'http.ListenAndServe(net.JoinHostPort("::1", "80"), nil)', "[::1]:80");
value("a flag's default", 'p := flag.Int("port", 8080, ""); flag.Parse(); http.ListenAndServe(fmt.Sprintf(":%d", *p), nil)', "-port=:8080");
value("a flag that is given", 'p := flag.Int("port", 8080, ""); flag.Parse(); http.ListenAndServe(fmt.Sprintf(":%d", *p), nil)', ":81", {
	args: ["--port=81"],
});
value("a flag of a variable", 'flag.StringVar(&address, "listen", ":8080", ""); flag.Parse(); http.ListenAndServe(address, nil)', ":82", {
	top: "var address string",
	args: ["-listen", ":82"],
});
value("a struct's field through a method", "s := newServer(8080); s.run()", ":8080", {
	top: `type options struct { port int }
type server struct { options; name string }
func newServer(port int) *server { return &server{options: options{port: port}, name: "x"} }
func (s *server) address() string { return fmt.Sprintf(":%d", s.port) }
func (s *server) run() { http.ListenAndServe(s.address(), nil) }`,
});
value(
	"a host that is not known keeps the port",
	'h, _ := os.Hostname(); http.ListenAndServe(h + ":8080", nil)',
	"\u0000the host name is only known at run time\u0000:8080",
);
value(
	"a switch on a variable",
	'address := ":1"; switch os.Getenv("MODE") { case "a": address = ":2"; default: address = ":3" }; http.ListenAndServe(address, nil)',
	":2",
	{
		environment: { MODE: "a" },
	},
);
value("named results", "http.ListenAndServe(address(), nil)", ":8080", { top: 'func address() (a string) { a = ":8080"; return }' });
value("two results", "a, _ := address(); http.ListenAndServe(a, nil)", ":8080", {
	top: 'func address() (string, error) { return ":8080", nil }',
});
value("an error that is there", 'a, err := address(); if err != nil { a = ":2" }; http.ListenAndServe(a, nil)', ":2", {
	top: 'func address() (string, error) { return "", errors.New("no") }',
});
value("a goroutine's closure", 'a := ":8080"; go func() { log.Fatal(http.ListenAndServe(a, nil)) }(); select {}', ":8080");
value("split and joined", 'parts := strings.Split("a:80", ":"); http.ListenAndServe(":" + parts[1], nil)', ":80");
value("map and slice literals", 'm := map[string][]int{"web": {80, 81}}; http.ListenAndServe(":" + strconv.Itoa(m["web"][1]), nil)', ":81");
value("arguments", 'a := ":8080"; if len(os.Args) > 1 { a = os.Args[1] }; http.ListenAndServe(a, nil)', ":90", { args: [":90"] });
value("a package of the module", "http.ListenAndServe(config.Load().Address, nil)", ":8080", {
	imports: '"net/http"; "example.com/shop/internal/config"',
	files: {
		"internal/config/config.go":
			"package config\ntype Config struct { Address string }\nfunc Load() *Config { return &Config{Address: Default} }\n",
		"internal/config/default.go": 'package config\nconst Default = ":8080"\n',
		"internal/config/default_windows.go": 'package config\nconst Default = ":1"\n',
		"internal/config/config_test.go": 'package config\nfunc init() { panic("no") }\n',
	},
});
value("a module that is replaced by a folder", "http.ListenAndServe(shared.Address, nil)", ":8080", {
	imports: '"net/http"; "example.com/shared"',
	files: {
		"go.mod": "module example.com/shop\nrequire example.com/shared v0.0.0\nreplace example.com/shared => ./shared\n",
		"shared/go.mod": "module example.com/shared\n",
		"shared/a.go": 'package shared\nvar Address = ":8080"\n',
	},
});
value("a module of the workspace", "http.ListenAndServe(shared.Address, nil)", ":8080", {
	imports: '"net/http"; "example.com/shared"',
	files: {
		"go.work": "go 1.22\n\nuse (\n\t.\n\t./shared\n)\n",
		"shared/go.mod": "module example.com/shared\n",
		"shared/a.go": 'package shared\nvar Address = ":8080"\n',
	},
});
value("a constraint that does not hold", "http.ListenAndServe(address, nil)", ":80", {
	imports: '"net/http"',
	files: {
		"a.go": '//go:build !windows && (linux || darwin)\n\npackage main\nconst address = ":80"\n',
		"b.go": '//go:build windows\n\npackage main\nconst address = ":81"\n',
	},
});

test("init functions run before main", async () => {
	assert.deepEqual(await served("http.ListenAndServe(address, nil)", { top: 'var address string\nfunc init() { address = ":7000" }' }), [
		":7000",
	]);
});

test("handlers are not run, functions that take nothing are", async () => {
	const text = `package main
import ("net/http"; "golang.org/x/sync/errgroup")
func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { http.ListenAndServe(":1", nil) })
	var g errgroup.Group
	g.Go(func() error { return http.ListenAndServe(":2", nil) })
	g.Wait()
}`;
	const program = await runProgram("go", { entry: "/app", files: { ...MODULE, "main.go": text } });
	const calls = program.calls.filter((call) => call.callee.endsWith("ListenAndServe"));
	assert.deepEqual(
		calls.map((call) => short(call.positional[0])),
		[":2"],
	);
});

test("what nobody knows to be quiet is a stranger; clients and the program's own packages are not", async () => {
	const text =
		'package main\nimport ("net/http"; "github.com/spf13/cobra"; "example.com/shop/own"; "example.org/unknown")\nfunc main() { http.Get("x"); own.F(); unknown.F(); cobra.Command{}.Help() }\n';
	const files = { ...MODULE, "main.go": text, "own/own.go": "package own\nfunc F() {}\n" };
	assert.deepEqual((await runProgram("go", { entry: "/app", files })).strangers, ["example.org/unknown"]);
});

test("a program that calls itself, and one without main, end", async () => {
	const loops = "package main\nfunc f() int { return f() }\nvar a = b\nvar b = a\nfunc main() { f(); for { main() } }\n";
	assert.deepEqual((await runProgram("go", { entry: "/app", files: { "main.go": loops } })).calls, []);
	const none = await runProgram("go", { entry: "/app", files: { "a.go": "package a\n" } });
	assert.deepEqual(
		none.gaps.map((gap) => gap.reason),
		["app has no main function"],
	);
});
