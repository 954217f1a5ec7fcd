import type { Hover, Position } from "vscode-languageserver-types";
import type { Service } from "../compose/service.ts";
import { t } from "../model/message.ts";
import { isLoopback, type Protocol, portKey } from "../model/port.ts";
import { describeListener, distinctPorts } from "../verdict/describe.ts";
import type { Analysis, ReportedListener, StageReport } from "../verdict/report.ts";
import type { LiveContainer } from "./hintOptions.ts";
import { evidenceLink, inlineCode } from "./links.ts";
import { contains } from "./ranges.ts";

const KEYWORDS = new Set(["FROM", "EXPOSE", "CMD", "ENTRYPOINT"]);

/** The facts about every port of the stage, as one table, when the pointer is on FROM, EXPOSE, CMD or ENTRYPOINT. */
export function hover(
	analysis: Analysis,
	position: Position,
	docs: string,
	{ services = [], live = [] }: Partial<Surroundings> = {},
): Hover | undefined {
	for (const stage of analysis.stages) {
		const instruction = [stage.image.stage.from, ...stage.image.stage.instructions].find(
			(one) => KEYWORDS.has(one.keyword) && contains(one.range, position),
		);
		if (instruction)
			return {
				range: instruction.range,
				contents: { kind: "markdown", value: portTable(stage, docs, stage === analysis.target ? { services, live } : {}) },
			};
	}
	return undefined;
}

/** Who else uses the image of a stage. */
interface Surroundings {
	/** Of compose files that run it, for what they publish. */
	readonly services: readonly Service[];
	/** Its running containers. */
	readonly live: readonly LiveContainer[];
}

interface Row {
	readonly port: number;
	readonly protocol: Protocol;
	readonly name: string;
	readonly listens: string;
	readonly exposed: string;
}

/** The facts about every port of a stage: listens, exposed, published by compose services, live in containers. */
export function portTable(stage: StageReport, docs: string, { services = [], live = [] }: Partial<Surroundings>): string {
	const written = [...listenerRows(stage), ...exposeRows(stage)];
	const known = [...written, ...publishedRows(stage, services, written)];
	const rows = [...known, ...liveRows(stage, live, known)].sort((a, b) => a.port - b.port || a.name.localeCompare(b.name));
	const isPublished = services.some(({ ports }) => ports.length > 0);
	const publishedCell = (row: Row) => (isPublished ? ` ${publishedWords(row, services) || t("no")} |` : "");
	const liveCell = (row: Row) => (live.length > 0 ? ` ${liveCellWords(row, live) || t("no")} |` : "");
	const parts: string[] = [];
	if (rows.length > 0)
		parts.push(
			[
				`| ${[t("Port"), t("Listens"), t("Exposed"), ...(isPublished ? [t("Published")] : []), ...(live.length > 0 ? [t("Live in")] : [])].join(" | ")} |`,
				`| --- | --- | --- |${isPublished ? " --- |" : ""}${live.length > 0 ? " --- |" : ""}`,
				...rows.map((row) => `| ${row.name} | ${row.listens} | ${row.exposed} |${publishedCell(row)}${liveCell(row)}`),
			].join("\n"),
		);
	else if (stage.gaps.length === 0) parts.push(t("Nothing in this image listens on a port, and it exposes none."));
	if (stage.gaps.length > 0)
		parts.push(
			[
				stage.listeners.length > 0 ? t("More ports may be open:") : t("Ports unknown:"),
				...stage.gaps.map((gap) => `- ${inlineCode(gap.reason)}`),
			].join("\n"),
		);
	const misread = misreadWords(stage);
	if (misread) parts.push(`${misread} [${t("Who reads EXPOSE")}](${docs}/expose.md)`);
	return parts.join("\n\n");
}

/** What goes wrong with an EXPOSE that is missing or wrong; nothing when all is well or nothing certain can be said. */
function misreadWords(stage: StageReport): string | undefined {
	const missing = distinctPorts(stage.listeners.filter((listener) => !listener.exposedBy && !isLoopback(listener.address)));
	const wrong = stage.exposes.flatMap(({ state, expose }) => (state === "silent" ? [cell(expose.text)] : []));
	const ports = missing.map(portKey).join(", ");
	if (missing.length > 0 && wrong.length > 0)
		return t(
			"`docker run -P`, proxies such as Traefik and nginx-proxy, and the service checks of CI systems will ask {0} and not find {1}.",
			wrong.join(", "),
			ports,
		);
	if (missing.length > 0)
		return t("`docker run -P`, proxies such as Traefik and nginx-proxy, and the service checks of CI systems will not find {0}.", ports);
	if (wrong.length > 0)
		return t(
			"`docker run -P`, proxies such as Traefik and nginx-proxy, and the service checks of CI systems will ask {0} in vain.",
			wrong.join(", "),
		);
	return undefined;
}

/** `8080 by web`, for each service that publishes the port. */
function publishedWords({ port, protocol }: Row, services: readonly Service[]): string {
	return services
		.flatMap(({ name, ports }) =>
			ports
				.filter(({ target, protocol: of }) => target && of === protocol && target.first <= port && port <= target.last)
				.map(({ published, target }) => {
					const host = !published
						? t("a free port")
						: published.first === published.last
							? published.first
							: target && published.last - published.first === target.last - target.first
								? published.first + port - target.first
								: `${published.first}-${published.last}`;
					return t("{0} by {1}", host, cell(name));
				}),
		)
		.join(", ");
}

/** What is published although nothing is known to listen there, and nothing documents it. */
function publishedRows(stage: StageReport, services: readonly Service[], known: readonly Row[]): Row[] {
	const rows: Row[] = [];
	for (const { target, protocol } of services.flatMap(({ ports }) => ports)) {
		if (!target || target.first !== target.last) continue;
		const port = target.first;
		if ([...known, ...rows].some((row) => row.port === port && row.protocol === protocol)) continue;
		rows.push({
			port,
			protocol,
			name: portKey({ port, protocol }),
			listens: stage.gaps[0] ? t("unknown") : t("nothing"),
			exposed: t("no"),
		});
	}
	return rows;
}

/** The containers that were seen to listen there. */
function liveCellWords({ port, protocol }: Row, live: readonly LiveContainer[]): string {
	return live
		.filter(({ ports }) => ports.some((one) => one.port === port && one.protocol === protocol))
		.map(({ name }) => cell(name))
		.join(", ");
}

/** What containers listen on although nothing was known of it. */
function liveRows(stage: StageReport, live: readonly LiveContainer[], known: readonly Row[]): Row[] {
	const rows: Row[] = [];
	for (const { port, protocol } of live.flatMap(({ ports }) => ports)) {
		if ([...known, ...rows].some((row) => row.port === port && row.protocol === protocol)) continue;
		const listens = stage.gaps[0] ? t("unknown") : t("not as it is written");
		rows.push({ port, protocol, name: portKey({ port, protocol }), listens, exposed: t("no") });
	}
	return rows;
}

function listenerRows(stage: StageReport): Row[] {
	return distinctPorts(stage.listeners).map((listener) => ({
		port: listener.port,
		protocol: listener.protocol,
		name: portKey(listener),
		listens: listens(listener),
		exposed: exposedWords(listener),
	}));
}

/** A table cell cannot hold the character that separates cells. */
function cell(text: string): string {
	return inlineCode(text).replaceAll("|", "\\|");
}

function listens(listener: ReportedListener): string {
	const where = isLoopback(listener.address) ? t("{0}, loopback only", cell(describeListener(listener))) : t("yes");
	const by = listener.site ? evidenceLink(listener.site) : listener.fromBase ? t("from the image") : cell(listener.program);
	const assumed =
		listener.certainty === "certain"
			? ""
			: listener.overriddenBy === undefined
				? ` (${listener.certainty === "convention" ? t("convention") : t("default")})`
				: ` (${t("unless {0} says otherwise", cell(listener.overriddenBy))})`;
	return `${where}: ${by}${assumed}`;
}

function exposedWords(listener: ReportedListener): string {
	const by = listener.exposedBy;
	if (!by) return t("no");
	return "instruction" in by ? t("line {0}", by.range.start.line + 1) : t("by {0}", cell(by.from));
}

/** What is exposed although nothing is known to listen there. */
function exposeRows(stage: StageReport): Row[] {
	const rows: Row[] = [];
	for (const verdict of stage.exposes) {
		const { ports, range, text } = verdict.expose;
		if (verdict.state !== "silent" && verdict.state !== "unknown") continue;
		const name = !ports
			? cell(text)
			: ports.first === ports.last
				? portKey({ port: ports.first, protocol: ports.protocol })
				: `${ports.first}-${ports.last}/${ports.protocol}`;
		rows.push({
			port: ports?.first ?? 0,
			protocol: ports?.protocol ?? "tcp",
			name,
			listens: verdict.state === "silent" ? t("nothing") : t("unknown: {0}", cell(verdict.reason)),
			exposed: t("line {0}", range.start.line + 1),
		});
	}
	for (const one of stage.image.inheritedExposes) {
		if (stage.listeners.some((listener) => listener.protocol === one.protocol && listener.port >= one.first && listener.port <= one.last))
			continue;
		const name = one.first === one.last ? `${one.first}/${one.protocol}` : `${one.first}-${one.last}/${one.protocol}`;
		rows.push({
			port: one.first,
			protocol: one.protocol,
			name,
			listens: stage.gaps[0] ? t("unknown") : t("nothing"),
			exposed: t("by {0}", cell(one.from)),
		});
	}
	return rows;
}
