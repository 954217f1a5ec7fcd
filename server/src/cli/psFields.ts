import { duration } from "../engine/status.ts";
import type { ContainerReport } from "../protocol.ts";
import { TemplateMistake } from "./goTemplate.ts";
import type { TemplateSubject, TemplateValue } from "./goTemplateRun.ts";
import { addressesOf, configuredOf, exposedOf, liveOf, publishedOf } from "./psPorts.ts";

/** What the fields of one container depend on besides the container. */
export interface FieldContext {
	/** Whole identifiers and commands. */
	readonly whole: boolean;
	/** Milliseconds since 1970. */
	readonly now: number;
	/** Names of all containers by identifier. */
	readonly names: ReadonlyMap<string, string>;
}

interface Field {
	/** Above the column of a table. */
	readonly title: string;
	readonly value: (container: ContainerReport, context: FieldContext) => string;
}

/**
 * Those of `docker ps --format` (https://docs.docker.com/reference/cli/docker/container/ls/#format) in Docker's words,
 * but for those that take the engine extra work (Size) or that Portlight does not know (Mounts, LocalVolumes); then Portlight's own.
 */
const FIELDS: Readonly<Record<string, Field>> = {
	ID: { title: "CONTAINER ID", value: ({ id }, { whole }) => (whole ? id : id.slice(0, 12)) },
	Names: { title: "NAMES", value: ({ name }) => name },
	Image: { title: "IMAGE", value: ({ image }, { whole }) => (whole ? image : shortDigest(image)) },
	Command: { title: "COMMAND", value: ({ command }, { whole }) => JSON.stringify(whole ? command : ellipsis(command, 20)) },
	CreatedAt: { title: "CREATED AT", value: ({ createdAt }) => moment(createdAt) },
	RunningFor: { title: "CREATED", value: ({ createdAt }, { now }) => ago(createdAt, now) },
	Status: { title: "STATUS", value: ({ status }) => status },
	State: { title: "STATE", value: ({ state }) => state },
	Ports: { title: "PORTS", value: (container) => (container.running ? configuredOf(container).join(", ") : "") },
	Labels: {
		title: "LABELS",
		value: ({ labels }) =>
			Object.entries(labels)
				.map(([name, value]) => `${name}=${value}`)
				.sort()
				.join(","),
	},
	Networks: {
		title: "NETWORKS",
		value: ({ networks, networkMode }) => (networks.length > 0 ? networks.map(({ name }) => name).join(",") : networkMode),
	},
	Engine: { title: "ENGINE", value: ({ engine }) => engine },
	Project: { title: "PROJECT", value: ({ project }) => project ?? "" },
	Service: {
		title: "SERVICE",
		value: ({ labels }) => labels["com.docker.compose.service"] ?? labels["com.docker.swarm.service.name"] ?? "",
	},
	Task: { title: "TASK", value: ({ labels }) => labels["com.docker.swarm.task.name"] ?? "" },
	IP: { title: "IP", value: (container, { names }) => addressesOf(container, names).join(", ") },
	Exposed: { title: "EXPOSED", value: (container) => exposedOf(container).join(", ") },
	Published: { title: "PUBLISHED", value: (container) => publishedOf(container).join(", ") },
	Live: { title: "LIVE", value: (container) => liveOf(container).join(", ") },
};

/** One container, for a template. */
export function fieldsOf(container: ContainerReport, context: FieldContext): TemplateSubject {
	return subject(
		(field) => field.value(container, context),
		(label) => (Object.hasOwn(container.labels, label) ? (container.labels[label] ?? "") : ""),
	);
}

/** The titles of a table, for the same template. A label's is the last word of its name, as docker has it. */
export const fieldTitles: TemplateSubject = subject(
	(field) => field.title,
	(label) => (label.split(".").at(-1) ?? "").replace(/[-_]/g, " "),
);

function subject(read: (field: Field) => string, label: (name: string) => string): TemplateSubject {
	return {
		field(name, args): TemplateValue {
			if (name === "") return Object.fromEntries(Object.entries(FIELDS).map(([each, field]) => [each, read(field)]));
			if (name === "Label") {
				if (args.length !== 1 || typeof args[0] !== "string") throw new TemplateMistake('.Label wants the name of a label: {{.Label "x"}}');
				return label(args[0]);
			}
			const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
			if (field === undefined)
				throw new TemplateMistake(`there is no field .${name}; there are: ${Object.keys(FIELDS).join(", ")}, Label "x"`);
			if (args.length > 0) throw new TemplateMistake(`.${name} takes no arguments`);
			return read(field);
		},
	};
}

/** An image that has no name is shown by the start of its digest. */
function shortDigest(image: string): string {
	return /^sha256:[0-9a-f]{64}$/.test(image) ? image.slice("sha256:".length, "sha256:".length + 12) : image;
}

function ellipsis(text: string, length: number): string {
	const characters = [...text];
	return characters.length > length ? `${characters.slice(0, length - 1).join("")}…` : text;
}

/** As Go prints a moment: 2024-05-01 12:00:00 +0200 CEST. */
function moment(createdAt: string): string {
	const date = new Date(createdAt);
	if (Number.isNaN(date.getTime())) return "";
	const offset = -date.getTimezoneOffset();
	const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
	const zone = `${offset < 0 ? "-" : "+"}${two(Math.abs(offset) / 60)}${two(Math.abs(offset) % 60)}`;
	const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
	const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
	return `${day} ${time} ${zone} ${zoneName(date)}`.trimEnd();
}

function zoneName(date: Date): string {
	const parts = new Intl.DateTimeFormat("en", { timeZoneName: "short" }).formatToParts(date);
	return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}

/** A clock that is behind the engine's makes nothing younger than now. */
function ago(createdAt: string, now: number): string {
	const created = Date.parse(createdAt);
	return Number.isNaN(created) ? "" : `${duration((now - created) / 1000)} ago`;
}
