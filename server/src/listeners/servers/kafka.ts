import { known, likelyText, mapText, type Value } from "../../model/value.ts";
import { textOf } from "../commandLine.ts";
import { mergePredictions, predictClaim } from "../listener.ts";
import type { Technology } from "../technology.ts";
import { readEndpoints } from "./endpoint.ts";

/** Start scripts of the images of Confluent, Apache, Bitnami and wurstmeister. */
const STARTS =
	/^(\/etc\/confluent\/docker\/run|\/etc\/kafka\/docker\/run|\/opt\/bitnami\/scripts\/kafka\/run\.sh|(\/usr\/bin\/)?start-kafka\.sh)$/;

/** What images call the setting `listeners`, the one that wins first. */
const LISTENERS = ["KAFKA_LISTENERS", "KAFKA_CFG_LISTENERS"];

/** Confluent's images listen where they say to be found, on every address, when nothing else is said. */
const ADVERTISED = "KAFKA_ADVERTISED_LISTENERS";

/**
 * Kafka in an image whose start script writes its configuration from variables: `listeners` with one endpoint for each name
 * (kafka.apache.org/documentation/#brokerconfigs_listeners, docs.confluent.io, "Docker Configuration Parameters").
 */
export const kafkaImages: Technology = {
	name: "kafka-images",
	title: "Kafka images",
	async command(process) {
		const program = textOf(process.argv[0]) ?? "";
		if (!STARTS.test(program)) return undefined;
		const listeners = LISTENERS.map((name) => process.environment.get(name)).find((one) => one !== undefined);
		const advertised = program.startsWith("/etc/confluent") ? process.environment.get(ADVERTISED) : undefined;
		const given = listeners ?? (advertised && withoutHosts(advertised));
		if (!given || likelyText(given) === "") return undefined;
		return mergePredictions(
			readEndpoints(given).flatMap(({ port, address }) =>
				port ? [predictClaim({ port, address, anyAddress: "::", evidence: process.evidence })] : [],
			),
		);
	},
};

function withoutHosts(value: Value): Value {
	return mapText(value, (text, from) => known(text.replace(/:\/\/[^,]*?:(\d+)/g, "://:$1"), ...from));
}
