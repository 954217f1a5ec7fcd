import { describe } from "node:test";
import { check } from "../../../../support/predict.ts";

const program = (body: string, top = ""): Record<string, string> => ({
	"go.mod": "module example.com/shop\n",
	"conf/app.ini": '; shop\nNAME = shop\n\n[server]\n# of the site\nHttpPort = 8000 ; default\nhost = "127.0.0.1"\n',
	"main.go": `package main\nimport ("net/http"; "fmt"; "gopkg.in/ini.v1")\n${top}\nfunc serve(port any) { http.ListenAndServe(fmt.Sprintf(":%v", port), nil) }\nfunc main() {\n${body}\n}\n`,
});

const SERVER = 'type Server struct { HTTPPort int `ini:"HttpPort"` }\nvar server = &Server{}';

describe("ini", () => {
	const load = 'cfg, err := ini.Load("conf/app.ini")\nif err != nil { panic(err) }\n';
	check("a section's struct", "go run .", {
		files: program(`${load}if err := cfg.Section("server").MapTo(server); err != nil { panic(err) }\nserve(server.HTTPPort)`, SERVER),
		listens: ["[::]:8000 certain"],
	});
	check("a key with a default that is not needed", "go run .", {
		files: program(`${load}serve(cfg.Section("server").Key("HttpPort").MustInt(81))`),
		listens: ["[::]:8000 certain"],
	});
	check("a default", "go run .", {
		files: program(`${load}serve(cfg.Section("server").Key("OTHER").MustInt(81))`),
		listens: ["[::]:81 certain"],
	});
	check("a key with its error", "go run .", {
		files: program(
			`${load}sec, _ := cfg.GetSection("server")\nport, err := sec.Key("HttpPort").Int()\nif err != nil { return }\nserve(port)`,
		),
		listens: ["[::]:8000 certain"],
	});
	const { "conf/app.ini": _, ...without } = program(`${load}serve(cfg.Section("server").Key("HttpPort").MustInt(81))`);
	check("a file that is not in the image", "go run .", { files: without, gaps: ["app.ini is not in the image"] });
});
