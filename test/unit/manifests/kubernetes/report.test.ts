import assert from "node:assert/strict";
import { suite, test } from "node:test";
import { analyseKubernetes } from "../../../../server/src/manifests/kubernetes/report.ts";
import { type Files, worldOf } from "../../../support/analysis.ts";
import { ROOT, uriOf } from "../../../support/memoryFiles.ts";

const web = {
	"web/Dockerfile": "FROM python:3.12\nCOPY app.py /\nCMD python /app.py\n",
	"web/app.py": "from flask import Flask\nFlask('x').run('0.0.0.0', 5000)\n",
};
const deployment = (image: string, labels = "{app: web}") =>
	`apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    metadata: {labels: ${labels}}\n    spec: {containers: [{name: web, image: ${image}}]}\n`;
const service = (port: string) =>
	`apiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: {app: web}, ports: [{port: 80, targetPort: ${port}}]}\n`;

/** Each container's ports with how sure they are, each port's state. */
async function said(files: Files, path = "k8s/web.yaml", roots = [ROOT]): Promise<string> {
	const text = String(files[path]);
	const { report } = await analyseKubernetes(worldOf(files), { uri: uriOf(path), text, roots });
	const containers = report.containers.flatMap(({ listeners }) => listeners.map(({ port, certainty }) => `${port} ${certainty}`));
	return [...containers, ...report.verdicts.map(({ state }) => state.state)].join(", ");
}

suite("Kubernetes manifests", () => {
	test("an image that is declared", async () => {
		const compose = { "compose.yaml": "services:\n  web:\n    image: web\n    build: web\n" };
		assert.equal(await said({ ...web, ...compose, "k8s/web.yaml": deployment("web") }), "5000 certain");
	});
	test("of one that is guessed, nothing is certain", async () =>
		assert.equal(await said({ ...web, "k8s/web.yaml": deployment("acme/web") }), "5000 default"));
	test("a service finds the pods of the files beside it", async () => {
		const files = { ...web, "k8s/web.yaml": deployment("web"), "k8s/service.yaml": service("5000"), "k8s/notes.txt": "" };
		assert.equal(await said(files, "k8s/service.yaml"), "listens");
	});
	test("pods of which one listens and another does not", async () => {
		const files = {
			...web,
			"k8s/web.yaml": deployment("web"),
			"k8s/two.yaml": deployment("nginx:1.27"),
			"k8s/service.yaml": service("5000"),
		};
		assert.equal(await said(files, "k8s/service.yaml"), "");
	});
	test("pods with other labels", async () => {
		const files = { ...web, "k8s/web.yaml": deployment("web", "{app: other}"), "k8s/service.yaml": service("5000") };
		assert.equal(await said(files, "k8s/service.yaml"), "");
	});
	test("a service of the same name sets a variable", async () => {
		const app = "import os\nfrom flask import Flask\nFlask('x').run('0.0.0.0', int(os.environ.get('S_PORT', 8000)))\n";
		const files = { ...web, "web/app.py": app, "k8s/web.yaml": deployment("web") };
		assert.equal(await said(files), "8000 default");
		assert.equal(await said({ ...files, "k8s/service.yaml": service("8000") }), "");
		assert.equal(await said({ ...files, "k8s/service.yaml": service("8000") }, "k8s/service.yaml"), "unknown");
	});
	test("without a workspace nobody looks for builds", async () =>
		assert.equal(await said({ ...web, "k8s/web.yaml": deployment("web") }, "k8s/web.yaml", []), ""));
});
