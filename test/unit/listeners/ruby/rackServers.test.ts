import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("rackup", () => {
	check("in development", "rackup", { listens: ["127.0.0.1:9292 convention"] });
	check("flags", "rackup --host 0.0.0.0 -p 8080 config.ru", { listens: ["0.0.0.0:8080 certain"] });
	check("in production", "rackup -E production", { listens: ["0.0.0.0:9292 convention"] });
	check("options in config.ru", "rackup", { files: { "config.ru": "#\\ -p 4000 -o 0.0.0.0\nrun App" }, listens: ["0.0.0.0:4000 certain"] });
});

describe("unicorn", () => {
	check("defaults", "unicorn", { listens: ["0.0.0.0:8080 convention"] });
	check("flags", "unicorn -l 127.0.0.1:80", { listens: ["127.0.0.1:80 certain"] });
	check("a configuration", "unicorn -c config/unicorn.rb", {
		files: { "config/unicorn.rb": 'worker_processes 2\nlisten ENV["PORT"] || 5000, tcp_nopush: true\nlisten "/tmp/x.sock"' },
		listens: ["0.0.0.0:5000 default PORT"],
		evidence: ["Dockerfile:10", "unicorn.rb:2"],
	});
	check("an absent configuration", "unicorn -c none.rb", { gaps: ["none.rb is not in the image"] });
});

describe("other servers", () => {
	check("thin", "thin start -p 8000", { listens: ["0.0.0.0:8000 certain"] });
	check("thin stops", "thin stop", { listens: [] });
	check("thin on a socket", "thin start -S /tmp/thin.sock", { listens: [] });
	check("falcon", "falcon serve", { listens: ["127.0.0.1:9292 convention"] });
	check("falcon's bind", "falcon serve --bind http://0.0.0.0:3000", { listens: ["0.0.0.0:3000 certain"] });
	check("falcon's bind and port", "falcon serve -b http://0.0.0.0 -p 3001", { listens: ["0.0.0.0:3001 certain"] });
	check("jekyll", "jekyll serve --host 0.0.0.0", { listens: ["0.0.0.0:4000 convention"] });
	check("jekyll builds", "jekyll build", { listens: [] });
	check("passenger", "passenger start --port 80", { listens: ["0.0.0.0:80 certain"] });
	check("another program", "rackdown -p 80", { gaps: ["nothing is known about rackdown"] });
});
