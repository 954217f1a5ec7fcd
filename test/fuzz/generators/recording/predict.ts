import type { PredictionCase } from "../../../support/predict.ts";
import { test } from "./nodeTest.ts";
import { record } from "./seeds.ts";

export * from "../../../support/predict.ts";

export async function predict(command: readonly string[], given: PredictionCase): Promise<never> {
	return record({ kind: "command", command, given });
}

export function check(_name: string, command: string, given: PredictionCase): void {
	test(() => predict(command.split(" "), given));
}
