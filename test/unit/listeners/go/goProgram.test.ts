import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const MOD = "module example.com/shop\n\ngo 1.24\n";

/** A module whose main function has this body. */
const program = (body: string, imports = '"net/http"'): Record<string, string> => ({
	"go.mod": MOD,
	"main.go": `package main\nimport (${imports})\nfunc main() {\n${body}\n}\n`,
});

const served = program('http.ListenAndServe(":8080", nil)');

describe("what a program was built from", () => {
	check("a makefile in parts, with conditions", "./shop", {
		files: {
			...served,
			Makefile: "include build/rules.mk\n",
			"build/rules.mk":
				"ifdef OUTPUT\nFLAGS := -o $(OUTPUT)\nendif\nifdef FLAGS\nFLAGS := $(FLAGS) -v\nendif\nshop:\n\tgo build $(FLAGS) .\n",
		},
		builds: ["make shop"],
		listens: ["[::]:8080 certain"],
	});
	check("the name of the module", "./shop", {
		files: served,
		builds: ["go build"],
		listens: ["[::]:8080 certain"],
		evidence: ["Dockerfile:10", "main.go:4"],
	});
	check("-o", "/app/server", {
		files: served,
		builds: ["CGO_ENABLED=0 go build -ldflags '-s -w' -o server ."],
		listens: ["[::]:8080 certain"],
	});
	check("-o= and a file", "./server", { files: served, builds: ["go build -o=server main.go"], listens: ["[::]:8080 certain"] });
	check("the name of a file", "./main", { files: served, builds: ["go build main.go"], listens: ["[::]:8080 certain"] });
	const inCmd = { "go.mod": MOD, "cmd/api/main.go": served["main.go"] ?? "", "cmd/worker/main.go": "package main\nfunc main() {}\n" };
	check("a package by its folder", "./api", { files: inCmd, builds: ["go build ./cmd/api"], listens: ["[::]:8080 certain"] });
	check("a package by its import path", "./api", {
		files: inCmd,
		builds: ["go build example.com/shop/cmd/api"],
		listens: ["[::]:8080 certain"],
	});
	check("all files of a folder", "./api", { files: inCmd, builds: ["go build -o api cmd/api/*"], listens: ["[::]:8080 certain"] });
	check("all folders of a folder", "/out/api", { files: inCmd, builds: ["go build -o /out/ ./cmd/*"], listens: ["[::]:8080 certain"] });
	check("all files with an ending", "./app", { files: served, builds: ["go build -o app *.go"], listens: ["[::]:8080 certain"] });
	check("go install, found on the PATH", "api", { files: inCmd, builds: ["go install ./cmd/api"], listens: ["[::]:8080 certain"] });
	check("several packages into a folder", "/out/api", {
		files: inCmd,
		builds: ["go build -o /out/ ./..."],
		listens: ["[::]:8080 certain"],
	});
	check("another of them has no ports", "/out/worker", { files: inCmd, builds: ["go build -o /out/ ./..."] });
	check("a Taskfile", "bin/api", {
		files: {
			"go.mod": "module x",
			"Taskfile.yml": `
version: "3"
vars: { OUT: bin }
tasks:
  build: { cmds: [{ task: "build:api" }] }
  "build:api":
    cmds:
      - >-
        env CGO_ENABLED=0 GOOS={{ .GOOS }} GOARCH={{ .GOARCH }}
        go build -o {{ .OUT }}/api{{ if eq OS "windows" }}.exe{{ end }} ./cmd/api`,
			"cmd/api/main.go": served["main.go"] ?? "",
			"cmd/other/main.go": "package main\nfunc main() {}",
		},
		builds: ["task build GOOS=linux"],
		listens: ["[::]:8080 certain"],
	});
	check("a justfile", "bin/api", {
		files: { "go.mod": "module x", justfile: "build:\n  go build -o bin/api ./cmd/api\n", "cmd/api/main.go": served["main.go"] ?? "" },
		builds: ["just build"],
		listens: ["[::]:8080 certain"],
	});
	check("files for some builds only", "bin/api", {
		files: {
			"go.mod": "module x",
			"plain.go": '//go:build !special\n\npackage main\n\nvar address = ":81"',
			"special.go": '//go:build special\n\npackage main\n\nvar address = ":80"',
			"main.go": 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(address, nil) }',
		},
		builds: ["go build -tags netgo,special -o bin/api"],
		listens: ["[::]:80 certain"],
	});
	check("a makefile", "bin/api", {
		files: {
			...inCmd,
			Makefile:
				"NAME := api\n.PHONY: build\nall: build\nbuild: deps\n\t@CGO_ENABLED=0 go build \\\n\t  -o bin/$(NAME) ./cmd/$(NAME)\ndeps:\n\tgo mod download\n",
		},
		builds: ["make build"],
		listens: ["[::]:8080 certain"],
	});
	check("a build script", "bin/api", {
		files: { ...inCmd, "build.sh": "#!/bin/sh\nset -e\ngo build -o bin/api ./cmd/api\n" },
		builds: ["./build.sh"],
		listens: ["[::]:8080 certain"],
	});
	check("moved after it was built", "/usr/bin/api", {
		files: inCmd,
		builds: ["go build -o /tmp/api ./cmd/api && mv /tmp/api /usr/bin/api"],
		listens: ["[::]:8080 certain"],
	});
	check("downloaded by go install", "/go/bin/tool", {
		files: {},
		builds: ["go install example.org/x/tool@latest"],
		gaps: ["the source of tool is not in the image"],
	});
	check("another program", "/usr/bin/other", { files: served, gaps: ["nothing is known about other"] });
});

describe("run from source", () => {
	check("go run .", "go run .", { files: served, listens: ["[::]:8080 certain"] });
	check("go run with arguments", "go run ./cmd/api --port 81", {
		files: {
			"go.mod": MOD,
			"cmd/api/main.go":
				'package main\nimport ("flag"; "fmt"; "net/http")\nfunc main() {\n port := flag.Int("port", 80, "")\n flag.Parse()\n http.ListenAndServe(fmt.Sprintf(":%d", *port), nil)\n}\n',
		},
		listens: ["[::]:81 certain"],
	});
	check("air without a file", "air", { files: served, listens: ["[::]:8080 certain"] });
	check("air with a command of its own", "air -c dev.toml", {
		files: { "go.mod": MOD, "cmd/api/main.go": served["main.go"] ?? "", "dev.toml": '[build]\ncmd = "go build -o ./tmp/api ./cmd/api"\n' },
		listens: ["[::]:8080 certain"],
	});
	check("go test", "go test ./...", { files: served });
});

describe("net/http", () => {
	check("a server without an address", "go run .", {
		files: program("s := &http.Server{}\n s.ListenAndServe()"),
		listens: ["[::]:80 convention"],
	});
	check("TLS without an address", "go run .", {
		files: program('var s http.Server\n s.ListenAndServeTLS("a", "b")'),
		listens: ["[::]:443 convention"],
	});
	check("a server's address", "go run .", {
		files: program('s := &http.Server{Addr: "127.0.0.1:81"}\n s.ListenAndServe()'),
		listens: ["127.0.0.1:81 certain"],
	});
	check("an address that is set later", "go run .", {
		files: program('s := http.Server{}\n s.Addr = "localhost:81"\n s.ListenAndServe()'),
		listens: ["127.0.0.1:81 certain"],
	});
	check("a port by its name", "go run .", { files: program('http.ListenAndServe(":http", nil)'), listens: ["[::]:80 certain"] });
	check("a port chosen at run time", "go run .", {
		files: program('http.ListenAndServe(":0", nil)'),
		gaps: ["the port is chosen at run time"],
	});
	check("a variable", "go run .", {
		files: program(
			'port := os.Getenv("PORT")\n if port == "" { port = "8080" }\n http.ListenAndServe("0.0.0.0:"+port, nil)',
			'"net/http"; "os"',
		),
		listens: ["0.0.0.0:8080 default PORT"],
	});
	check("a variable that the program needs", "go run .", {
		files: program('http.ListenAndServe(":"+os.Getenv("PORT"), nil)', '"net/http"; "os"'),
		gaps: ["PORT is not set"],
	});
	check("a host that is not known", "go run .", {
		files: program('h, _ := os.Hostname()\n http.ListenAndServe(h+":81", nil)', '"net/http"; "os"'),
		listens: ["[::]:81 default"],
	});
	check("a client has no ports", "go run .", { files: program('http.Get("http://x:80")') });
	check("a server that is not found", "go run .", {
		files: program("unknown.Run()", '"example.org/unknown"'),
		gaps: ["no listening call found in go"],
	});
});

describe("net", () => {
	const listen = (call: string) => program(`l, err := ${call}\n if err != nil { panic(err) }\n _ = l`, '"net"; "crypto/tls"; "context"');
	check("tcp", "go run .", { files: listen('net.Listen("tcp", ":50051")'), listens: ["[::]:50051 certain"] });
	check("tcp4", "go run .", { files: listen('net.Listen("tcp4", ":50051")'), listens: ["0.0.0.0:50051 certain"] });
	check("udp", "go run .", { files: listen('net.ListenPacket("udp", ":53")'), listens: ["[::]:53/udp certain"] });
	check("an address in parts", "go run .", {
		files: listen('net.ListenUDP("udp", &net.UDPAddr{IP: net.ParseIP("127.0.0.1"), Port: 53})'),
		listens: ["127.0.0.1:53/udp certain"],
	});
	check("a Unix socket", "go run .", { files: listen('net.Listen("unix", "/run/x.sock")') });
	check("tls", "go run .", { files: listen('tls.Listen("tcp", ":443", nil)'), listens: ["[::]:443 certain"] });
	check("a configuration", "go run .", {
		files: program('lc := net.ListenConfig{}\n lc.Listen(context.Background(), "tcp", ":81")', '"net"; "context"'),
		listens: ["[::]:81 certain"],
	});
});
