import { t } from "../../model/message.ts";
import { resolve } from "../core/paths.ts";
import { type Call, each, fromValue, type List, library, list, NOTHING, plain, type Thing, unclear } from "../core/thing.ts";
import { joinTexts } from "./operators.ts";
import type { Rust } from "./rust.ts";

/** Values of Rust's own library. An address is its text. */
export const LIBRARY_VALUES: Readonly<Record<string, Thing>> = Object.fromEntries(
	["std::net", "core::net", "tokio::net"].flatMap((net): [string, Thing][] => [
		[`${net}::Ipv4Addr::UNSPECIFIED`, plain("0.0.0.0")],
		[`${net}::Ipv4Addr::LOCALHOST`, plain("127.0.0.1")],
		[`${net}::Ipv6Addr::UNSPECIFIED`, plain("::")],
		[`${net}::Ipv6Addr::LOCALHOST`, plain("::1")],
	]),
);

type Model = (rs: Rust, call: Call) => Thing;

const first: Model = (_, call) => call.positional[0] ?? NOTHING;

const variable: Model = (rs, call) => {
	const [name] = call.positional;
	return name?.kind === "plain"
		? rs.run.variable(String(name.value), NOTHING, call.at)
		: unclear(t("a variable whose name is not known"), call.at);
};

/** `host:port`, with brackets around IPv6. */
const socket: Model = (_, call) => {
	const [host, port] = call.positional;
	if (!host || !port) return unclear(t("an address that is not known"), call.at);
	return joinTexts(joinTexts(bracketed(host), plain(":")), port);
};

function bracketed(host: Thing): Thing {
	return each(host, (one) => (one.kind === "plain" && String(one.value).includes(":") ? plain(`[${one.value}]`, one.from) : one));
}

/** `SocketAddr::from(([0, 0, 0, 0], 80))`. */
const socketFrom: Model = (rs, call) => {
	const [pair] = call.positional;
	if (pair?.kind !== "list") return pair ?? NOTHING;
	const [host, port] = pair.items;
	return socket(rs, { ...call, positional: [host ? address(host) : NOTHING, port ?? NOTHING] });
};

/** Numbers in a list as the address that they are: four bytes, or IPv6 in bytes or groups. */
export function address(host: Thing): Thing {
	if (host.kind !== "list") return host;
	const numbers = host.items.map((one) => (one.kind === "plain" ? Number(one.value) : Number.NaN));
	const from = host.items.flatMap((one) => (one.kind === "plain" ? one.from.slice(0, 0) : []));
	if (numbers.some(Number.isNaN)) return unclear(t("an address that is not known"));
	if (numbers.length === 4) return plain(numbers.join("."), from);
	const rest = numbers.slice(0, -1).every((one) => one === 0);
	if ((numbers.length === 8 || numbers.length === 16) && rest && (numbers.at(-1) ?? 0) < 2)
		return plain(numbers.at(-1) === 1 ? "::1" : "::", from);
	return numbers.length === 8 ? plain(numbers.map((one) => one.toString(16)).join(":"), from) : unclear(t("an address that is not known"));
}

const octets: Model = (_, call) => address(list([...call.positional]));
const octetsFrom: Model = (_, call) => address(call.positional[0] ?? NOTHING);

/** The command's words; the program itself comes first. */
const commandLine: Model = (rs, call) => {
	const words = rs.run.start.args.map((one) => fromValue(one, NOTHING));
	const more: Thing = { kind: "argument", name: t("an argument"), fallback: NOTHING, from: [call.at] };
	const result: List = list([plain("program"), ...words, more], call.at);
	result.open = true;
	return result;
};

/** A value that is made when it is first used. */
const lazily: Model = (_, call) => {
	const [make] = call.positional;
	return make?.kind === "callable"
		? make.invoke({ positional: [], keywords: new Map(), self: undefined, at: call.at })
		: unclear(t("a static value"));
};

/** A file's text: what it says matters to what parses it. `Err` where it is not. */
const fileText: Model = (rs, call) => {
	const [path] = call.positional;
	if (path?.kind !== "plain") return unclear(t("a file whose name is not known"), call.at);
	const entry = rs.run.shelf.look(resolve(rs.run.start.cwd, String(path.value)));
	if (entry.kind === "absent") return NOTHING;
	const made = library("std::fs::read_to_string()");
	made.fields.set("path", path);
	return made;
};

const workingFolder: Model = (rs, call) => plain(rs.run.start.cwd, [call.at]);

const quiet: Model = () => NOTHING;

/** Calls to libraries whose result matters: the environment, addresses, lazily made values. */
export const LIBRARY_CALLS: Readonly<Record<string, Model>> = {
	...Object.fromEntries(["std::env", "env", "dotenv", "dotenvy", "dotenvy::dotenv"].map((env) => [`${env}::var`, variable])),
	"std::env::var_os": variable,
	"env::var_os": variable,
	"std::env::args": commandLine,
	"env::args": commandLine,
	"std::env::current_dir": workingFolder,
	...Object.fromEntries(
		["std::fs::read_to_string", "std::fs::File::open", "std::fs::read", "tokio::fs::read_to_string"].map((name) => [name, fileText]),
	),
	...Object.fromEntries(["std::path::Path::new", "std::path::PathBuf::from", "std::io::BufReader::new"].map((name) => [name, first])),
	"std::path::PathBuf::new": () => plain(""),
	"dotenv::dotenv": quiet,
	"dotenvy::dotenv": quiet,
	...Object.fromEntries(
		["std::net", "core::net"].flatMap((net): [string, Model][] => [
			[`${net}::SocketAddr::from`, socketFrom],
			[`${net}::SocketAddr::new`, socket],
			[`${net}::SocketAddrV4::new`, socket],
			[`${net}::SocketAddrV6::new`, socket],
			[`${net}::SocketAddr::V4`, first],
			[`${net}::SocketAddr::V6`, first],
			[`${net}::SocketAddr::from_str`, first],
			[`${net}::IpAddr::V4`, first],
			[`${net}::IpAddr::V6`, first],
			[`${net}::IpAddr::from`, octetsFrom],
			[`${net}::Ipv4Addr::from`, octetsFrom],
			[`${net}::Ipv6Addr::from`, octetsFrom],
			[`${net}::IpAddr::from_str`, first],
			[`${net}::Ipv4Addr::from_str`, first],
			[`${net}::Ipv4Addr::new`, octets],
			[`${net}::Ipv6Addr::new`, octets],
		]),
	),
	...Object.fromEntries(
		[
			"once_cell::sync::Lazy::new",
			"once_cell::unsync::Lazy::new",
			"std::sync::LazyLock::new",
			"std::cell::LazyCell::new",
			"std::thread::LocalKey::new",
		].map((name) => [name, lazily]),
	),
	"once_cell::sync::OnceCell::new().get_or_init": lazily,
	"std::sync::OnceLock::new().get_or_init": lazily,
	...Object.fromEntries(
		[
			"std::sync::Arc::new",
			"std::sync::Mutex::new",
			"std::sync::RwLock::new",
			"tokio::sync::RwLock::new",
			"tokio::sync::Mutex::new",
			"std::rc::Rc::new",
			"std::boxed::Box::new",
			"std::convert::identity",
			"std::borrow::Cow::from",
		].map((name) => [name, first]),
	),
	"u16::from_str": first,
	"u16::from": first,
	"std::process::exit": quiet,
	"std::convert::Into::into": first,
};
