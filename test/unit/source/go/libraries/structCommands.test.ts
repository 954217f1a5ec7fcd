import { describe } from "node:test";
import { check } from "../../../../support/predict.ts";

/** A program that can serve, with these declarations and this main function. */
const program = (path: string, body: string, top: string): Record<string, string> => ({
	"go.mod": "module example.com/shop\n",
	"main.go": `package main\nimport ("net/http"; "fmt"; "os"; "${path}")\n${top}\nfunc serve(port any) { http.ListenAndServe(fmt.Sprintf(":%v", port), nil) }\nfunc main() {\n${body}\n}\n`,
});

const COMMANDS = `type Serve struct { Port int \`long:"port" default:"8080" env:"PORT"\` }
func (s *Serve) Execute(args []string) error { serve(s.Port); return nil }
type Import struct { File string \`long:"file"\` }
func (i *Import) Execute(args []string) error { return nil }
`;

describe("go-flags", () => {
	const path = "github.com/jessevdk/go-flags";
	const tagged = program(
		path,
		"if _, err := flags.Parse(&opts); err != nil { os.Exit(1) }",
		`${COMMANDS}var opts struct { Serve Serve \`command:"serve"\`; Import Import \`command:"import"\` }`,
	);
	check("a command runs", "go run . serve", { files: tagged, listens: ["[::]:8080 default PORT"] });
	check("a command with its flag", "go run . serve --port 81", { files: tagged, listens: ["[::]:81 certain"] });
	check("no command: what there is to choose", "go run .", { files: tagged });
	const added = program(
		path,
		'p := flags.NewParser(nil, flags.Default)\np.AddCommand("serve", "", "", &Serve{})\np.AddCommand("import", "", "", &Import{})\np.Parse()',
		COMMANDS,
	);
	check("commands that are added", "go run . serve", { files: added, listens: ["[::]:8080 default PORT"] });
	const handled = program(
		path,
		"var opts Options\np := flags.NewParser(&opts, flags.Default)\np.CommandHandler = func(c flags.Commander, args []string) error { return c.Execute(args) }\np.Parse()",
		`${COMMANDS}type Options struct { Serve Serve \`command:"serve"\` }`,
	);
	check("a handler of the program's own", "go run . serve", { files: handled, listens: ["[::]:8080 default PORT"] });
	const grouped = program(
		path,
		"flags.ParseArgs(&opts, os.Args[1:])\nserve(opts.Web.Port)",
		'var opts struct { Web struct { Port int `long:"port" env:"PORT" default:"90"` } `group:"web" namespace:"web" env-namespace:"WEB"` }',
	);
	check("a group's variable", "go run .", { files: grouped, listens: ["[::]:90 default WEB_PORT"] });
	check("a group's flag", "go run . --web.port=91", { files: grouped, listens: ["[::]:91 certain"] });
});

describe("kong", () => {
	const top = `type Serve struct { Port int \`default:"8080" env:"PORT"\` }
func (s *Serve) Run() error { serve(s.Port); return nil }
type Check struct {}
func (c *Check) Run() error { return nil }
var cli struct { Serve Serve \`cmd:""\`; Check Check \`cmd:""\` }`;
	const files = program("github.com/alecthomas/kong", "ctx := kong.Parse(&cli)\nctx.FatalIfErrorf(ctx.Run())", top);
	check("a command runs", "go run . serve", { files, listens: ["[::]:8080 default PORT"] });
	check("no command", "go run .", { files });
	const named = program("github.com/alecthomas/kong", 'switch kong.Parse(&cli).Command() {\ncase "serve":\n serve(cli.Serve.Port)\n}', top);
	check("a command by its name", "go run . serve --port=82", { files: named, listens: ["[::]:82 certain"] });
});

describe("go-arg", () => {
	const files = program(
		"github.com/alexflint/go-arg",
		"arg.MustParse(&args)\nif args.Serve != nil { serve(args.Serve.Port) }",
		'type Serve struct { Port int `arg:"--port,env:PORT" default:"8080"` }\nvar args struct { Serve *Serve `arg:"subcommand:serve"` }',
	);
	check("a command that is named", "go run . serve", { files, listens: ["[::]:8080 default PORT"] });
	check("a command's flag", "go run . serve --port 83", { files, listens: ["[::]:83 certain"] });
});

describe("env", () => {
	const files = program(
		"github.com/caarlos0/env/v11",
		"cfg, err := env.ParseAs[Config]()\nif err != nil { os.Exit(1) }\nserve(cfg.Port)",
		'type Config struct { Port int `env:"PORT" envDefault:"8085"` }',
	);
	check("a struct by its type", "go run .", { files, listens: ["[::]:8085 default PORT"] });
});
