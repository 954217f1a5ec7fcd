import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const production = { RAILS_ENV: "production" };

describe("rails server", () => {
	check("in development", "rails server", { listens: ["127.0.0.1:3000 default PORT"] });
	check("in production", "bin/rails s", { environment: production, listens: ["0.0.0.0:3000 default PORT"] });
	check("by a flag in production", "rails s -e production", { listens: ["0.0.0.0:3000 default PORT"] });
	check("flags", "rails server -b 0.0.0.0 -p 80", { listens: ["0.0.0.0:80 certain"] });
	check("joined flags", "rails s --binding=0.0.0.0 -p80", { listens: ["0.0.0.0:80 certain"] });
	check("a variable of the image", "rails s -b 0.0.0.0", { environment: { PORT: "8080" }, listens: ["0.0.0.0:8080 certain"] });
	check("config/puma.rb", "./bin/rails server", {
		files: { "config/puma.rb": 'port ENV.fetch("PORT", 3030)' },
		environment: production,
		listens: ["0.0.0.0:3030 default PORT"],
		evidence: ["Dockerfile:10", "puma.rb:1"],
	});
	check("config/puma.rb in development", "ruby bin/rails server", {
		files: { "config/puma.rb": "port 3030" },
		listens: ["127.0.0.1:3030 certain"],
	});
	check("an address replaces config/puma.rb", "rails server -b 0.0.0.0", {
		files: { "config/puma.rb": "port 3030" },
		listens: ["0.0.0.0:3000 default PORT"],
	});
	check("other commands", "rails db:migrate", { listens: [] });
	check("a runner", "bin/rails runner Worker.run", { listens: [] });
});

describe("thruster", () => {
	check("in front of rails", "./bin/thrust ./bin/rails server", {
		environment: production,
		listens: ["[::]:80 convention", "0.0.0.0:3000 certain"],
	});
	check("other ports", "thrust puma", {
		environment: { HTTP_PORT: "8080", TLS_DOMAIN: "example.com" },
		listens: ["[::]:8080 certain", "[::]:443 convention", "0.0.0.0:9292 convention"],
	});
});

describe("workers", () => {
	check("sidekiq", "sidekiq -C config/sidekiq.yml", { listens: [] });
	check("solid queue", "bin/jobs", { listens: [] });
	check("good_job", "good_job start", { listens: [] });
	check("good_job with probes", "good_job start", { environment: { GOOD_JOB_PROBE_PORT: "7001" }, listens: ["0.0.0.0:7001 certain"] });
});
