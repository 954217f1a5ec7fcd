import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

const rust = (main: string, more: Readonly<Record<string, string>> = {}) => ({
	files: { "Cargo.toml": '[package]\nname = "web"', "src/main.rs": main, ...more },
});

describe("Rust programs that lead nowhere", () => {
	check("recursion", "cargo run", {
		...rust('fn f(n: u16) -> u16 { f(n + 1) + f(n + 2) }\nfn main() { std::net::TcpListener::bind(("0.0.0.0", f(1))).unwrap(); }'),
		gaps: ["paths that nest too deeply", "too much source to follow"],
	});
	check("names that refer to themselves", "cargo run", {
		...rust(
			'use crate::a::*;\nuse crate::b::*;\nmod a { pub use crate::b::*; }\nmod b { pub use crate::a::*; pub const P: u16 = Q; pub const Q: u16 = P; }\nfn main() { std::net::TcpListener::bind(("0.0.0.0", P)).unwrap(); }',
		),
		gaps: ["a name that refers to itself"],
	});
	check("a syntax error", "cargo run", {
		...rust("fn main( { std::net::"),
		gaps: ["main.rs has no main function", "main.rs has a syntax error"],
	});
	check("an empty file", "cargo run", { ...rust(""), gaps: ["main.rs has no main function"] });
	check("a manifest that is none", "cargo run", {
		files: { "Cargo.toml": "[[[", "src/main.rs": "fn main() {}" },
		gaps: ["the crate's Cargo.toml is not in view"],
	});
});
