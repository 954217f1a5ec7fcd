import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

/** A program that serves on `address` after `body`. */
const program = (imports: string, body: string, top = ""): Record<string, string> => ({
	"go.mod": "module example.com/shop\n",
	"main.go": `package main\nimport ("net/http"; "fmt"; ${imports})\n${top}\nfunc serve(port any) { http.ListenAndServe(fmt.Sprintf(":%v", port), nil) }\nfunc main() {\n${body}\n}\n`,
});

describe("Cobra", () => {
	const files = program(
		'"github.com/spf13/cobra"; "os"',
		"if err := root.Execute(); err != nil { os.Exit(1) }",
		`var port int
var root = &cobra.Command{Use: "shop"}
var web = &cobra.Command{Use: "serve [flags]", Aliases: []string{"web"}, RunE: func(cmd *cobra.Command, args []string) error { serve(port); return nil }}
var version = &cobra.Command{Use: "version", Run: func(cmd *cobra.Command, args []string) { fmt.Println("1") }}
func init() { web.Flags().IntVarP(&port, "port", "p", 8080, ""); root.AddCommand(web, version) }`,
	);
	check("a command with its flag's default", "go run . serve", { files, listens: ["[::]:8080 default --port"] });
	check("its flag", "go run . web -p 81", { files, listens: ["[::]:81 certain"] });
	check("another command", "go run . version", { files, gaps: ["no listening call found in go"] });
	check("no command: its help", "go run .", { files });
	check("a flag that is asked for by name", "go run . --config x serve --port=82", {
		files: program(
			'"github.com/spf13/cobra"',
			"newRoot().Execute()",
			`func newRoot() *cobra.Command {
 root := &cobra.Command{Use: "x"}
 root.PersistentFlags().Int("port", 80, "")
 root.AddCommand(&cobra.Command{Use: "serve", Run: run})
 return root
}
func run(cmd *cobra.Command, _ []string) { port, _ := cmd.Flags().GetInt("port"); serve(port) }`,
		),
		listens: ["[::]:82 certain"],
	});
});

describe("Viper", () => {
	const viper = '"github.com/spf13/viper"';
	check("a default", "go run .", {
		files: program(viper, 'viper.SetDefault("port", 8080)\n serve(viper.GetInt("port"))'),
		listens: ["[::]:8080 certain"],
	});
	check("any variable", "go run .", {
		files: program(
			viper,
			'viper.SetDefault("port", 8080)\n viper.SetEnvPrefix("shop")\n viper.AutomaticEnv()\n serve(viper.GetInt("port"))',
		),
		listens: ["[::]:8080 default SHOP_PORT"],
	});
	check("a variable of the image", "go run .", {
		files: program(viper, 'viper.BindEnv("port", "PORT")\n serve(viper.GetString("port"))'),
		environment: { PORT: "81" },
		listens: ["[::]:81 certain"],
	});
	check("a file of the image", "go run .", {
		files: {
			...program(
				viper,
				'viper.SetConfigName("settings")\n viper.AddConfigPath(".")\n if err := viper.ReadInConfig(); err != nil { panic(err) }\n serve(viper.GetInt("server.port"))',
			),
			"settings.yaml": "server:\n  port: 8082\n",
		},
		listens: ["[::]:8082 certain"],
		evidence: ["Dockerfile:10", "main.go:4", "settings.yaml:2"],
	});
	check("a struct", "go run .", {
		files: program(
			viper,
			'viper.SetDefault("server.port", 8083)\n var c config\n viper.Unmarshal(&c)\n serve(c.Server.Port)',
			'type config struct { Server struct { Port int `mapstructure:"port"` } }',
		),
		listens: ["[::]:8083 certain"],
	});
});

describe("struct tags", () => {
	check("envconfig", "go run .", {
		files: program(
			'"github.com/kelseyhightower/envconfig"',
			'var c config\n envconfig.MustProcess("shop", &c)\n serve(c.Port)',
			'type config struct { Port int `default:"8080"` }',
		),
		listens: ["[::]:8080 default SHOP_PORT"],
	});
	check("caarlos0/env", "go run .", {
		files: program(
			'"github.com/caarlos0/env/v11"',
			"c := config{}\n if err := env.Parse(&c); err != nil { panic(err) }\n serve(c.HTTP.Port)",
			'type config struct { HTTP struct { Port int `env:"PORT" envDefault:"8080"` } `envPrefix:"HTTP_"` }',
		),
		listens: ["[::]:8080 default HTTP_PORT"],
	});
	check("cleanenv with a file", "go run .", {
		files: {
			...program(
				'"github.com/ilyakaznacheev/cleanenv"',
				'var c config\n cleanenv.ReadConfig("config.yml", &c)\n serve(c.Port)',
				'type config struct { Port string `yaml:"port" env:"PORT" env-default:"8080"` }',
			),
			"config.yml": "port: 81\n",
		},
		listens: ["[::]:81 default PORT"],
	});
	check("kong", "go run . --port=82", {
		files: program(
			'"github.com/alecthomas/kong"',
			"var c cli\n kong.Parse(&c)\n serve(c.Port)",
			'type cli struct { Port int `default:"8080"` }',
		),
		listens: ["[::]:82 certain"],
	});
	check("go-flags", "go run .", {
		files: program(
			'"github.com/jessevdk/go-flags"',
			"var c cli\n flags.Parse(&c)\n serve(c.Port)",
			'type cli struct { Port int `short:"p" long:"port" default:"8080"` }',
		),
		listens: ["[::]:8080 default --port"],
	});
});

describe("files", () => {
	const files = program(
		'"os"; "gopkg.in/yaml.v3"',
		'data, err := os.ReadFile("config.yaml")\n if err != nil { panic(err) }\n c := config{Port: 80}\n yaml.Unmarshal(data, &c)\n serve(c.Port)',
		'type config struct { Port int `yaml:"port"` }',
	);
	check("YAML", "go run .", { files: { ...files, "config.yaml": "port: 8085\n" }, listens: ["[::]:8085 certain"] });
	check("a file that is not there", "go run .", { files, gaps: ["config.yaml is not in the image"] });
	check("a .env file", "go run .", {
		files: { ...program('"os"; "github.com/joho/godotenv"', 'godotenv.Load()\n serve(os.Getenv("PORT"))'), ".env": "PORT=8086\n" },
		listens: ["[::]:8086 default PORT"],
	});
});

describe("command lines", () => {
	const urfave = program(
		'"os"; "github.com/urfave/cli/v2"',
		`app := &cli.App{
 Flags: []cli.Flag{&cli.IntFlag{Name: "port", Aliases: []string{"p"}, Value: 8080, EnvVars: []string{"PORT"}}},
 Action: func(c *cli.Context) error { serve(c.Int("port")); return nil },
}
app.Run(os.Args)`,
	);
	check("urfave/cli", "go run .", { files: urfave, listens: ["[::]:8080 default PORT"] });
	check("urfave/cli's flag", "go run . -p 81", { files: urfave, listens: ["[::]:81 certain"] });
	const kingpin = program(
		'"github.com/alecthomas/kingpin/v2"',
		'port := kingpin.Flag("port", "").Short(\'p\').Default("8080").Envar("PORT").Int()\n kingpin.Parse()\n serve(*port)',
	);
	check("kingpin", "go run .", { files: kingpin, listens: ["[::]:8080 default PORT"] });
	check("kingpin's flag", "go run . --port=81", { files: kingpin, listens: ["[::]:81 certain"] });
	check("pflag", "go run .", {
		files: program('flag "github.com/spf13/pflag"', 'p := flag.IntP("port", "p", 8080, "")\n flag.Parse()\n serve(*p)'),
		listens: ["[::]:8080 default --port"],
	});
});

describe("a file that is changed before it is decoded", () => {
	const files = program(
		'"os"; "strings"; "gopkg.in/yaml.v3"',
		`config, err := load([]string{os.Getenv("WEB_CONFIG"), "gone.yaml", "conf/web.yaml"})
if err != nil { panic(err) }
serve(config.Web.Port)`,
		`type Web struct { Port int \`yaml:"port"\` }
type Config struct { Web *Web \`yaml:"web"\` }
func load(names []string) (*Config, error) {
 var used string
 for _, name := range names {
  if len(name) == 0 { continue }
  info, err := os.Stat(name)
  if err != nil || info.IsDir() { continue }
  used = name
  break
 }
 data, err := os.ReadFile(used)
 if err != nil { return nil, err }
 return parse(data)
}
func parse(data []byte) (config *Config, err error) {
 data = []byte(os.ExpandEnv(strings.ReplaceAll(string(data), "%%", "%")))
 if err = yaml.Unmarshal(data, &config); err != nil { return }
 if config.Web == nil { config.Web = &Web{Port: 7000} }
 return
}`,
	);
	const withFile = (text: string) => ({ ...files, "conf/web.yaml": text });
	check("a value", "go run .", { files: withFile("web:\n  port: 8000\n"), listens: ["[::]:8000 certain"] });
	check("a struct that the file leaves out", "go run .", { files: withFile("name: x\n"), listens: ["[::]:7000 certain"] });
	check("a variable in the file", "go run .", {
		files: withFile("web:\n  port: ${WEB_PORT}\n"),
		environment: { WEB_PORT: "8001" },
		listens: ["[::]:8001 certain"],
	});
});
