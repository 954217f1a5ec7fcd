import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("Ruby programs that lead nowhere", () => {
	check("recursion", "puma", {
		files: { "config/puma.rb": "def f(n)\n  f(n + 1) + f(n + 2)\nend\nport f(1)" },
		gaps: ["calls that nest too deeply", "too much source to follow"],
	});
	check("files that require each other", "ruby a.rb", {
		files: { "a.rb": 'require_relative "b"\nrequire "socket"\nTCPServer.new(B)', "b.rb": 'require_relative "a"\nB = 80' },
		listens: ["0.0.0.0:80 certain"],
	});
	check("a text that grows", "puma", {
		files: { "config/puma.rb": `x = "a"\n${"x = x + x\n".repeat(60)}bind x` },
		gaps: ["a text that is too long"],
	});
	check("a syntax error", "puma", { files: { "config/puma.rb": "port (((" }, gaps: ["puma.rb has a syntax error"] });
});
