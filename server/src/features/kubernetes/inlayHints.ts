import type { InlayHint, MarkupContent } from "vscode-languageserver-types";
import type { ContainerPrediction, KubernetesReport } from "../../manifests/kubernetes/report.ts";
import { t } from "../../model/message.ts";
import { inlineCode } from "../links.ts";
import { listenersLabel } from "../listenersLabel.ts";
import { endOf, listenerTooltip, portHint } from "../portHint.ts";

/** The hints of a Kubernetes manifest: what each container listens on, behind its image, and what is behind each port. */
export function kubernetesHints({ containers, verdicts }: KubernetesReport): InlayHint[] {
	const ports = verdicts.map(({ port, name, state, prediction }) => {
		const hint = portHint({ entry: port, name, state });
		const { value } = hint.tooltip as MarkupContent;
		return { ...hint, tooltip: { kind: "markdown" as const, value: [value, ...guess(prediction)].join("\n\n") } };
	});
	return [...containers.map(imageHint), ...ports].sort((a, b) => a.position.line - b.position.line);
}

function imageHint(container: ContainerPrediction): InlayHint {
	const { image, listeners, gaps } = container;
	const unknown = gaps.map(({ reason }) => t("Ports unknown: {0}", inlineCode(reason)));
	const said = [...listeners.map(listenerTooltip), ...unknown];
	const value = [...(said.length > 0 ? said : [t("Nothing that this container starts listens on a port.")]), ...guess(container)].join(
		"\n\n",
	);
	return { position: endOf(image.place), paddingLeft: true, label: listenersLabel(listeners, gaps), tooltip: { kind: "markdown", value } };
}

/** That an image is only taken for the one that is built here. */
function guess({ guessed }: ContainerPrediction): readonly string[] {
	if (guessed === undefined) return [];
	const path = decodeURIComponent(guessed).split("/").slice(-2).join("/");
	return [t("A guess by the image's name: {0} is taken for the Dockerfile that builds it.", inlineCode(path))];
}
