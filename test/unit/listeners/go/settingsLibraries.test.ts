import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

/** A program that serves at the address that `body` computes. */
const program = (imports: string, body: string, top = ""): Record<string, string> => ({
	"go.mod": "module example.com/shop\n",
	"main.go": `package main\nimport ("net/http"; ${imports})\n${top}\nfunc serve(address string) { http.ListenAndServe(address, nil) }\nfunc main() {\n${body}\n}\n`,
});

describe("koanf", () => {
	const imports =
		'"strings"; "github.com/knadh/koanf/v2"; "github.com/knadh/koanf/parsers/toml"; "github.com/knadh/koanf/providers/file"; "github.com/knadh/koanf/providers/env"; "github.com/knadh/koanf/providers/confmap"';
	const settings = { "config.toml": '[app]\naddress = ":8080"\n' };
	const load = 'k := koanf.New(".")\n k.Load(confmap.Provider(map[string]interface{}{"app.address": ":80"}, "."), nil)\n';
	const read = 'k.Load(file.Provider("config.toml"), toml.Parser())\n';
	const variables =
		'k.Load(env.Provider("SHOP_", ".", func(s string) string { return strings.Replace(strings.ToLower(strings.TrimPrefix(s, "SHOP_")), "_", ".", -1) }), nil)\n';
	const serve = 'serve(k.String("app.address"))';
	check("a map of defaults", "go run .", { files: program(imports, load + read + serve), listens: ["[::]:80 certain"] });
	check("a file over it", "go run .", { files: { ...program(imports, load + read + serve), ...settings }, listens: ["[::]:8080 certain"] });
	check("variables over both", "go run .", {
		files: { ...program(imports, load + read + variables + serve), ...settings },
		listens: ["[::]:8080 default SHOP_APP_ADDRESS"],
	});
	check("the variable", "go run .", {
		files: { ...program(imports, load + read + variables + serve), ...settings },
		environment: { SHOP_APP_ADDRESS: "127.0.0.1:81" },
		listens: ["127.0.0.1:81 certain"],
	});
	check("a struct", "go run .", {
		files: {
			...program(
				imports,
				`${load + read}var c Config\n k.Unmarshal("", &c)\n serve(c.App.Address)`,
				'type Config struct { App struct { Address string `koanf:"address"` } `koanf:"app"` }',
			),
			...settings,
		},
		listens: ["[::]:8080 certain"],
	});
	check("a source that is not in view", "go run .", {
		files: program(`${imports}; "example.org/vault"`, `${load}k.Load(vault.Provider(), nil)\n${serve}`),
		gaps: ["a configuration that is not in view"],
	});
});

describe("Beego", () => {
	const conf = { "conf/app.conf": "appname = shop\nhttpport = 8000\nrunmode = dev\n[prod]\nhttpport = 80\n" };
	const web = '"fmt"; "github.com/beego/beego/v2/server/web"';
	check("without an address", "go run .", { files: { ...program(web, "web.Run()"), ...conf }, listens: ["[::]:8000 certain"] });
	check("its default", "go run .", { files: program(web, "web.Run()"), listens: ["[::]:8080 convention"] });
	check("a section for the run mode", "go run .", {
		files: { ...program(web, "web.Run()"), "conf/app.conf": conf["conf/app.conf"].replace("dev", "prod") },
		listens: ["[::]:80 certain"],
	});
	check("a variable in the file", "go run .", {
		files: { ...program(web, "web.Run()"), "conf/app.conf": "httpport = ${PORT||8001}\n" },
		listens: ["[::]:8001 default PORT"],
	});
	check("a setting that the program reads", "go run .", {
		files: { ...program(web, 'port := web.AppConfig.DefaultInt("httpport", 9000)\n web.Run(fmt.Sprintf(":%v", port))'), ...conf },
		listens: ["[::]:8000 certain"],
	});
	check("with an error beside it", "go run .", {
		files: { ...program(web, 'port, _ := web.AppConfig.String("HTTPPort")\n serve("127.0.0.1:" + port)'), ...conf },
		listens: ["127.0.0.1:8000 certain"],
	});
});
