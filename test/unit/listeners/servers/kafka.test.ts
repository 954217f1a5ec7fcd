import { describe } from "node:test";
import { check } from "../../../support/predict.ts";

describe("Kafka's images", () => {
	check("listeners", "/etc/confluent/docker/run", {
		environment: {
			KAFKA_LISTENERS: "PLAINTEXT://0.0.0.0:29092,CONTROLLER://:29093,INNER://localhost:9101",
			KAFKA_ADVERTISED_LISTENERS: "PLAINTEXT://kafka:1",
		},
		listens: ["0.0.0.0:29092 certain", "[::]:29093 certain", "127.0.0.1:9101 certain"],
	});
	check("only where it is found", "/etc/confluent/docker/run", {
		environment: { KAFKA_ADVERTISED_LISTENERS: "PLAINTEXT://kafka:29092,HOST://localhost:9092" },
		listens: ["[::]:29092 certain", "[::]:9092 certain"],
	});
	check("Bitnami's name for them", "/opt/bitnami/scripts/kafka/run.sh", {
		environment: { KAFKA_CFG_LISTENERS: "PLAINTEXT://:9092,EXTERNAL://:9094" },
		listens: ["[::]:9092 certain", "[::]:9094 certain"],
	});
	check("another image with a script of that name", "/app/run.sh", {
		environment: { KAFKA_LISTENERS: "PLAINTEXT://:9092" },
		gaps: ["nothing is known about run.sh"],
	});
});
