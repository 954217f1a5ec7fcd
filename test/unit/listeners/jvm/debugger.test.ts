import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { analyseFiles } from "../../../support/analysis.ts";

const app = {
	"pom.xml": "<project><packaging>jar</packaging><dependencies></dependencies></project>",
	"src/main/java/App.java":
		"import java.net.ServerSocket;\npublic class App { public static void main(String[] a) throws Exception { new ServerSocket(9100).accept(); } }\n",
};

/** What is said of the debugger's port, the program's own left out. */
async function debuggerOf(command: string, env = ""): Promise<string> {
	const { target } = await analyseFiles({
		Dockerfile: `FROM debian:12\n${env}\nCOPY . /src\nWORKDIR /src\nRUN javac -d . src/main/java/App.java\nCMD ${command}\n`,
		...app,
	});
	const ports = (target?.listeners ?? []).filter(({ port }) => port !== 9100).map(({ port, address }) => `${address}:${port}`);
	return [...ports, ...(target?.gaps ?? []).filter(({ reason }) => reason.includes("debugger")).map(({ reason }) => `? ${reason}`)].join(
		" ",
	);
}

suite("Java's debugger", () => {
	const cases: { command: string; env?: string; expected: string }[] = [
		{ command: "java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=*:5005 App", expected: "0.0.0.0:5005" },
		{ command: "java -agentlib:jdwp=transport=dt_socket,server=y,address=127.0.0.1:5005 App", expected: "127.0.0.1:5005" },
		{
			command: "java -agentlib:jdwp=transport=dt_socket,server=y,address=5005 App",
			env: "ENV JAVA_VERSION=17.0.2",
			expected: "127.0.0.1:5005",
		},
		{ command: "java -Xrunjdwp:transport=dt_socket,server=y,address=5005 App", env: "ENV JAVA_VERSION=8u392", expected: "0.0.0.0:5005" },
		{
			command: "java -agentlib:jdwp=transport=dt_socket,server=y,address=5005 App",
			expected: "? who may reach the debugger hangs on the version of Java",
		},
		{
			command: "java App",
			env: 'ENV JAVA_TOOL_OPTIONS="-Xmx1g -agentlib:jdwp=transport=dt_socket,server=y,address=*:8000"',
			expected: "0.0.0.0:8000",
		},
		{ command: "java -agentlib:jdwp=transport=dt_socket,server=n,address=host:5005 App", expected: "" },
		{ command: "java -agentlib:jdwp=transport=dt_socket,server=y App", expected: "" },
		{ command: "java App", expected: "" },
		{ command: "echo -agentlib:jdwp=server=y,address=*:5005", expected: "" },
	];
	for (const { command, env, expected } of cases)
		test(`${env ?? ""} ${command}`.trim(), async () => assert.equal(await debuggerOf(command, env), expected));
});
