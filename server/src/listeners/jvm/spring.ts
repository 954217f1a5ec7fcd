import { t } from "../../model/message.ts";
import type { Prediction } from "../../model/port.ts";
import { likelyText, type Value } from "../../model/value.ts";
import { mergePredictions } from "../listener.ts";
import { type Framework, type JvmProgram, predictPort } from "./framework.ts";
import { type Origins, settingOf, settingText } from "./settings.ts";
import { readSpringMain } from "./springMain.ts";
import { remoteSettings, springOrigins } from "./springSettings.ts";

/** Starters that bring an embedded web server, by themselves or by what they depend on (Spring Boot, "Build Systems: Starters"). */
const WEB =
	/spring-boot-starter-(web|webflux|webmvc|web-services|webservices|jersey|hateoas|data-rest|websocket|undertow|tomcat|jetty|reactor-netty)\b|spring-cloud-(starter-gateway|gateway-server|config-server|starter-netflix-eureka-server|starter-netflix-zuul|starter-netflix-hystrix-dashboard|starter-hystrix-dashboard|starter-zuul|starter-eureka-server|starter-gateway-server-\w+)|spring-boot-admin-(starter-)?server|vaadin-spring-boot-starter|springdoc-openapi-(starter-)?web(mvc|flux)|camunda-bpm-spring-boot-starter-(webapp|rest)|dgs-spring|graphql-spring-boot-starter|spring-cloud-dataflow-server|mybatis-plus-boot-starter-web|jhipster-framework|spring-cloud-stream-app-starters-http/;

/**
 * Spring Boot: 8080 on all interfaces; `server.port` and `server.address` from arguments, SPRING_APPLICATION_JSON, system
 * properties, variables and application files, those of active profiles first (Spring Boot, "Externalized Configuration").
 * `management.server.port` is a server of its own, and gRPC starters bring one. Without a web starter nothing listens.
 */
export const spring: Framework = { title: "Spring Boot", predict };

async function predict(program: JvmProgram): Promise<Prediction | undefined> {
	const { dependencies, text } = program.project;
	if (!/spring-boot|springframework-boot/.test(dependencies) && !/spring-boot-maven-plugin|org\.springframework\.boot/.test(text))
		return undefined;
	const main = await readSpringMain(program);
	const origins = await springOrigins(program, main);
	const grpc = predictGrpc(program, origins);
	const type = settingText(origins, "spring.main.web-application-type");
	const port = settingOf(origins, "server.port");
	if (type === "none" || main.withoutWeb) return mergePredictions(grpc);
	if (!WEB.test(dependencies)) {
		if (grpc.length > 0) return mergePredictions(grpc);
		return { listeners: [], gaps: [{ reason: t("no web server among the dependencies") }] };
	}
	const servers = [...grpc];
	const remote = remoteSettings(program, origins);
	if (remote === "needed" && port === undefined)
		return { listeners: [], gaps: [{ reason: t("the port comes from a configuration server") }] };
	if (likelyText(port)?.trim() !== "-1")
		servers.push(predictPort(program, remote === undefined ? port : overridable(port), 8080, settingOf(origins, "server.address")));
	const management = /spring-boot-starter-actuator|spring-boot-actuator/.test(dependencies)
		? settingOf(origins, "management.server.port")
		: undefined;
	if (management && likelyText(management)?.trim() !== "-1")
		servers.push(predictPort(program, management, 8080, settingOf(origins, "management.server.address")));
	return mergePredictions(servers);
}

/** What a configuration server may say otherwise. */
function overridable(port: Value | undefined): Value | undefined {
	return port?.kind === "known" ? { kind: "argument", name: "spring.cloud.config", fallback: port, from: [] } : port;
}

/** grpc-spring-boot-starter of net.devh and Spring gRPC: 9090; of LogNet: 6565 (their manuals, "Server configuration"). */
function predictGrpc(program: JvmProgram, origins: Origins): Prediction[] {
	const { dependencies } = program.project;
	const found: Prediction[] = [];
	const server = (key: string, byDefault: number) => {
		const port = settingOf(origins, key);
		if (likelyText(port)?.trim() !== "-1") found.push(predictPort(program, port, byDefault));
	};
	if (/net-devh:grpc-(server-)?spring-boot(-starter|-autoconfigure)?\b(?!.*client)/.test(dependencies)) server("grpc.server.port", 9090);
	else if (/io-github-lognet:grpc-spring-boot-starter/.test(dependencies)) server("grpc.port", 6565);
	else if (/spring-grpc-(server-)?spring-boot-starter\b|spring-boot-starter-grpc-server/.test(dependencies))
		server("spring.grpc.server.port", 9090);
	return found;
}
